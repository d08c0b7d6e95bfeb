"""Invented people: names put together by lot, numbers that belong to nobody."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from random import Random

FAMILIES = "Nguyễn Trần Lê Phạm Huỳnh Võ Đặng Bùi Đỗ Hồ Ngô Dương Lý Lâm Mai Trương Cao Châu".split()
WOMEN = (
    "Thị Út|Thị Bé Ba|Thị Kim Loan|Ngọc Hương|Thị Mười|Thị Thu Hà|Mỹ Linh|Thị Sáu|Thanh Trúc|Thị Ngọc Ánh|Bích Ngân"
    "|Thị Hồng Gấm|Kiều Oanh|Thị Lệ"
).split("|")
MEN = (
    "Văn Tám|Văn Út|Hữu Nghĩa|Thành Công|Văn Hai|Minh Trí|Quốc Bảo|Văn Sang|Hoàng Phúc|Văn Bảy|Đức Thịnh|Trung Hiếu"
    "|Văn Lợi|Tấn Đạt"
).split("|")
ELDERLY_SHARE = 0.38


@dataclass(frozen=True)
class Invented:
    """An invented citizen. `number` starts with 092 and carries sex and year as real ones do."""

    name: str
    sex: str
    born_on: date
    phone: str
    number: str


def invented(chance: Random, today: date) -> Invented:
    """One more; about four in ten are over sixty, as at a real ward's counter."""
    sex = chance.choice(("female", "male"))
    name = f"{chance.choice(FAMILIES)} {chance.choice(WOMEN if sex == 'female' else MEN)}"
    elderly = chance.random() < ELDERLY_SHARE
    age = chance.randint(60, 88) if elderly else chance.randint(18, 59)
    born_on = date(today.year - age, chance.randint(1, 12), chance.randint(1, 28))
    century_and_sex = (born_on.year // 100 - 19) * 2 + (sex == "female")
    number = f"092{century_and_sex}{born_on.year % 100:02d}{chance.randint(0, 999999):06d}"
    # All invented phones begin with 090000, so that anyone can tell them from real ones.
    return Invented(name, sex, born_on, f"090000{chance.randint(0, 9999):04d}", number)
