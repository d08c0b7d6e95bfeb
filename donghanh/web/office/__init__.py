"""The office: members, places, hours, queue, procedures and devices of a ward."""
