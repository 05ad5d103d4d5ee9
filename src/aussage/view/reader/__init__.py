"""The reader: a corpus as one HTML file in which a person reads the articles and sees what was coded in them.

`reader_page` makes the file; it loads nothing from outside and runs from `file://`.
"""

from aussage.view.reader.charts import Chart
from aussage.view.reader.page import reader_page

__all__ = ["Chart", "reader_page"]
