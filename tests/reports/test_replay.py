"""A day of arrivals through the public interface of a real server, checked by a script that knows no code of ours."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
import urllib.request
from datetime import datetime, timedelta, timezone
from pathlib import Path
from random import Random

import pytest
from django.core.management import CommandError, call_command

from donghanh.management.arrivals import Coming, WrongCsv, read_arrivals

ROOT = Path(__file__).resolve().parents[2]
HEAD = "arrived_at,kind,service_seconds,priority"


def file_of(folder: Path, *lines: str, head: str = HEAD) -> Path:
    file = folder / "day.csv"
    file.write_text("\n".join([head, *lines]) + "\n", encoding="utf-8")
    return file


@pytest.mark.pure
def test_arrivals_are_read_in_order_of_time_and_other_columns_left_aside(tmp_path):
    head = "day,arrived_at,kind,priority,vru_seconds,wait_seconds,outcome,service_seconds,server"
    file = file_of(
        tmp_path,
        "1999-02-03,08:00:05,PS,2,9,0,AGENT,60,3",
        "1999-02-03,07:59:00,NW,1,4,30,HANG,0,",
        "1999-02-04,09:00:00,PS,0,4,0,AGENT,20,1",
        head=head,
    )
    assert read_arrivals(file, day="1999-02-03") == [
        Coming(28740.0, "NW", 0, None, 30.0),
        Coming(28805.0, "PS", 1, 60.0),
    ]
    with pytest.raises(WrongCsv, match="there are 2 days"):
        read_arrivals(file)


@pytest.mark.pure
@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("7 o'clock,A,60,0", "line 3: arrived_at is “7 o'clock”. Write 07:05:00"),
        ("07:00:00,A,-3,0", "line 3: service_seconds is “-3”"),
        ("07:00:00,A,many,0", "line 3: service_seconds is “many”"),
        ("07:00:00,A,60,x", "line 3: priority is “x”"),
        ("07:00:00,A,60", "line 3: it has not as many columns"),
        ("07:00:00,,60,0", "line 3: kind is empty"),
        ("07:00:00,A,0,0", "line 3: service_seconds is 0"),
        ("07:00:00,A,60,0,9", "line 3: it has not as many columns"),
    ],
)
def test_a_wrong_line_is_named_with_what_to_do(tmp_path, line, said):
    with pytest.raises(WrongCsv) as refused:
        read_arrivals(file_of(tmp_path, "07:00:00,A,60,0", line))
    assert str(tmp_path / "day.csv") in str(refused.value)
    assert said in str(refused.value)


@pytest.mark.pure
def test_a_wrong_file_is_named_with_what_to_do(tmp_path):
    with pytest.raises(WrongCsv, match="no such file"):
        read_arrivals(tmp_path / "nothing.csv")
    with pytest.raises(WrongCsv, match="line 1: the column kind, priority is missing"):
        read_arrivals(file_of(tmp_path, head="arrived_at,service_seconds"))
    with pytest.raises(WrongCsv, match="there is no arrival"):
        read_arrivals(file_of(tmp_path))
    latin = tmp_path / "latin.csv"
    latin.write_bytes("arrived_at,kind\n07:00,Hộ".encode("utf-16"))
    with pytest.raises(WrongCsv, match="not text in UTF-8"):
        read_arrivals(latin)


def test_nothing_is_sent_for_a_wrong_file_and_a_missing_token_is_explained(tmp_path):
    with pytest.raises(CommandError, match="line 2"):
        call_command("replay", file_of(tmp_path, "noon,A,60,0"), url="http://127.0.0.1:9", token="t")
    with pytest.raises(CommandError, match="donghanh token officer"):
        call_command("replay", file_of(tmp_path, "07:00:00,A,60,0"), url="http://127.0.0.1:9", token="")
    with pytest.raises(CommandError, match="Start one with `donghanh serve`"):
        call_command("replay", file_of(tmp_path, "07:00:00,A,60,0"), url="http://127.0.0.1:9", token="t")


@pytest.fixture
def house(tmp_path):
    """A served house in its own folder: address, point, token, environment."""
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("DONGHANH_")},
        "DONGHANH_DATA": str(tmp_path / "house"),
        "DJANGO_SETTINGS_MODULE": "donghanh.settings",
        "PYTHONPATH": str(ROOT),
    }
    made = subprocess.run(
        [sys.executable, "-m", "tests.reports.house_of_its_own"],
        env=environment,
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    url = f"http://127.0.0.1:{port}"
    server = subprocess.Popen(
        [sys.executable, "manage.py", "serve", "--port", str(port)], env=environment, cwd=ROOT
    )
    try:
        for _ in range(150):
            try:
                urllib.request.urlopen(f"{url}/health", timeout=2).close()
                break
            except OSError:
                time.sleep(0.1)
        yield {"url": url, "environment": environment, **json.loads(made.stdout.splitlines()[-1])}
    finally:
        server.terminate()
        server.wait(20)


@pytest.mark.server
def test_a_replayed_day_is_reported_to_the_second(house, tmp_path):
    dice = Random(5)
    lines, at = [], datetime(2026, 11, 20, 7, 30)
    for n in range(40):
        at += timedelta(seconds=dice.randint(5, 60))
        leaves = n % 13 == 12
        lines.append(
            f"{at:%H:%M:%S},{dice.choice('ABX')},{0 if leaves else dice.randint(60, 600)},{dice.choice([0, 0, 1])},"
            f"{20 if leaves else 0},{'HANG' if leaves else 'AGENT'}"
        )
    file = file_of(tmp_path, *lines, head=HEAD + ",wait_seconds,outcome")
    run = subprocess.run(
        [
            sys.executable, "manage.py", "replay", str(file), "--url", house["url"], "--token", house["token"],
            "--speed", "400", "--counters", "3",
        ],
        env=house["environment"], cwd=ROOT, capture_output=True, text=True, timeout=120,
    )  # fmt: skip
    assert run.returncode == 0, run.stderr
    summary = json.loads(run.stdout.splitlines()[-1])
    assert summary["refused"] == {}
    assert summary["tickets"] == 40
    assert summary["served"] == 37
    assert summary["left"] + summary["absent"] == 3
    assert summary["wait_seconds"]["n"] == 37
    today = datetime.now(timezone(timedelta(hours=7))).date().isoformat()
    check = subprocess.run(
        [
            sys.executable, "benchmarks/check_replay.py", "--database",
            str(Path(house["environment"]["DONGHANH_DATA"]) / "donghanh.sqlite3"), "--url", house["url"],
            "--token", house["token"], "--point", house["point"], "--day", today,
        ],
        env={"PATH": os.environ["PATH"]}, cwd=ROOT, capture_output=True, text=True, timeout=60,
    )  # fmt: skip
    assert check.returncode == 0, check.stdout + check.stderr
    found = json.loads(check.stdout)
    assert found["wrong"] == []
    assert found["issued"] == 40
    assert found["served"] == 37
    assert found["worst_seconds"] <= 0.1
