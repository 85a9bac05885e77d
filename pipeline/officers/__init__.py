"""The workbook that officers are given, and the copy with its faults marked."""
