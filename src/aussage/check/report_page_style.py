"""The look of the page of a check: light and dark, small screens, keyboard, print."""

from base64 import b64encode
from hashlib import sha256

STYLE = """
:root{color-scheme:light dark;--ink:#1b1b1b;--paper:#fff;--soft:#f2f3f5;--line:#767b82;--link:#0b4f9e;
--error:#a3161a;--warning:#7a4b00;--note:#2f4a6d}
@media (prefers-color-scheme:dark){:root{--ink:#e9e9e9;--paper:#16181b;--soft:#22262b;--line:#8d949c;--link:#8fc1ff;
--error:#ff9c94;--warning:#f3c465;--note:#a9c8ef}}
*{box-sizing:border-box}
body{margin:0 auto;padding:1rem 1.25rem 4rem;max-width:75rem;background:var(--paper);color:var(--ink);
font:1rem/1.5 system-ui,sans-serif}
h1{font-size:1.5rem;line-height:1.25}h2{font-size:1.25rem;margin-top:2.5rem}h3{font-size:1rem;margin:0 0 .4rem}
p{margin:.4rem 0;max-width:48rem}
a{color:var(--link)}
:focus-visible{outline:3px solid var(--link);outline-offset:2px}
.skip{position:absolute;left:-99rem}.skip:focus{position:static}
nav ul{display:flex;flex-wrap:wrap;gap:.25rem 1.5rem;padding:0;list-style:none}
.verdict{font-weight:600}
.finding{border:1px solid var(--line);border-left-width:.4rem;border-radius:.4rem;padding:.8rem .9rem;margin:1rem 0}
.error{border-left-color:var(--error)}.warning{border-left-color:var(--warning)}.note{border-left-color:var(--note)}
.level{text-transform:uppercase;font-size:.8rem;letter-spacing:.04em;margin-right:.5rem}
.error .level{color:var(--error)}.warning .level{color:var(--warning)}.note .level{color:var(--note)}
.why{font-size:.95rem}
.place{margin:.7rem 0 0}
code,.ids{font-family:ui-monospace,monospace;font-size:.9rem;overflow-wrap:anywhere}
.ids{display:flex;flex-wrap:wrap;gap:.2rem .5rem;padding:0;margin:.3rem 0 0;list-style:none}
.ids li{background:var(--soft);border-radius:.25rem;padding:.05rem .4rem;white-space:pre-wrap}
.scroll{overflow-x:auto;margin:.75rem 0}
table{border-collapse:collapse;font-size:.92rem}
caption{text-align:left;font-weight:600;padding:.3rem 0}
th,td{text-align:left;vertical-align:top;padding:.3rem 1.2rem .3rem 0;border-bottom:1px solid var(--line);
overflow-wrap:break-word;max-width:40rem}
#summary td{overflow-wrap:anywhere}
summary{cursor:pointer;font-weight:600}
@media print{body{max-width:none;font-size:10pt}nav,.skip{display:none}.scroll{overflow:visible}
.place,tr{break-inside:avoid}h2,h3{break-after:avoid}.ids li{border:1px solid #777}
:root{--ink:#000;--paper:#fff;--soft:#fff;--line:#777;--link:#000;--error:#000;--warning:#000;--note:#000}}
"""

POLICY = (
    f"default-src 'none'; style-src 'sha256-{b64encode(sha256(STYLE.encode()).digest()).decode()}'; "
    "base-uri 'none'; form-action 'none'"
)
