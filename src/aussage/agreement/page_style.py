"""The look of the page of differences: light and dark, small screens, keyboard, print."""

from base64 import b64encode
from hashlib import sha256

STYLE = """
:root{color-scheme:light dark;--ink:#1b1b1b;--paper:#fff;--soft:#f2f3f5;--line:#767b82;--link:#0b4f9e;--mark:#ffe08a;
--mark-ink:#1b1b1b}
@media (prefers-color-scheme:dark){:root{--ink:#e9e9e9;--paper:#16181b;--soft:#22262b;--line:#8d949c;--link:#8fc1ff;
--mark:#6b5200;--mark-ink:#fff}}
*{box-sizing:border-box}
body{margin:0 auto;padding:1rem 1.25rem 4rem;max-width:75rem;background:var(--paper);color:var(--ink);
font:1rem/1.5 system-ui,sans-serif}
h1{font-size:1.5rem;line-height:1.25}h2{font-size:1.25rem;margin-top:2.5rem}h3{font-size:1rem;margin:0 0 .5rem}
a{color:var(--link)}
:focus-visible{outline:3px solid var(--link);outline-offset:2px}
.skip{position:absolute;left:-99rem}.skip:focus{position:static}
nav ul{display:flex;flex-wrap:wrap;gap:.25rem 1.5rem;padding:0;list-style:none}
.difference{border:1px solid var(--line);border-radius:.4rem;padding:.9rem;margin:1rem 0}
.sides{display:grid;grid-template-columns:repeat(auto-fit,minmax(17rem,1fr));gap:.75rem}
figure{margin:0;background:var(--soft);padding:.6rem .75rem;border-radius:.3rem}
figcaption{font-weight:600;font-size:.9rem}
blockquote{margin:.3rem 0 0;white-space:pre-wrap;overflow-wrap:anywhere;unicode-bidi:isolate}
mark{background:var(--mark);color:var(--mark-ink);padding:.05em 0;border-bottom:2px solid currentColor}
.scroll{overflow-x:auto;margin:.75rem 0}
table{border-collapse:collapse;font-size:.92rem;min-width:100%}
caption{text-align:left;font-weight:600;padding:.3rem 0}
th,td{text-align:left;vertical-align:top;padding:.3rem .8rem .3rem 0;border-bottom:1px solid var(--line);
overflow-wrap:break-word;max-width:34rem}
.choice{font-weight:600}.about{display:block;font-size:.85rem;min-width:11rem}
.confusion td{text-align:right}.confusion .same{font-weight:700;background:var(--soft)}
.note{font-size:.9rem}
@media print{body{max-width:none;font-size:10pt}nav,.skip{display:none}.scroll{overflow:visible}
.difference{break-inside:avoid}:root{--ink:#000;--paper:#fff;--soft:#fff;--line:#777;--link:#000;--mark:#fff;
--mark-ink:#000}mark{font-weight:700}}
"""

POLICY = (
    f"default-src 'none'; style-src 'sha256-{b64encode(sha256(STYLE.encode()).digest()).decode()}'; "
    "base-uri 'none'; form-action 'none'"
)
