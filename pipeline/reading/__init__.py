"""A workbook's sheets read as trackers: which table is whose, what its columns are, and its actions.

`trackers.read` is the way in; nothing here knows Excel, checks or papers.
"""
