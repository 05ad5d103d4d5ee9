"""A headless Chromium driven over its debugging pipe: opens a file, runs JavaScript, presses keys, takes pictures."""

from __future__ import annotations

import base64
import json
import os
import shutil
import subprocess
import time
from pathlib import Path
from select import select
from typing import Any

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FLAGS = """--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking
--disable-component-update --disable-sync --disable-dev-shm-usage --hide-scrollbars --lang=en-US
--remote-debugging-pipe""".split()
KEYS = {"Tab": 9, "Enter": 13, "Escape": 27, "ArrowLeft": 37, "ArrowRight": 39, "?": 191, "f": 70}
TEXTS = {"Enter": "\r", "?": "?", "f": "f"}
PATIENCE = 30.0


def find_chromium() -> str | None:
    return next((found for name in NAMES if (found := shutil.which(name))), None)


class Chromium:
    """One browser with one page. `events` are the events of the page since it was last opened."""

    def __init__(self, program: str, profile: Path) -> None:
        hears, self._tell = os.pipe()
        self._listen, tells = os.pipe()

        def connect() -> None:  # Chromium reads from descriptor 3 and writes to 4
            high = [os.dup2(end, number) for end, number in ((hears, 103), (tells, 104))]
            for end, number in zip(high, (3, 4), strict=True):
                os.dup2(end, number)

        self._process = subprocess.Popen(
            [program, *FLAGS, f"--user-data-dir={profile}", "about:blank"],
            preexec_fn=connect,
            pass_fds=(3, 4),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        os.close(hears)
        os.close(tells)
        self._waiting, self._number, self._session = b"", 0, ""
        self.events: list[dict[str, Any]] = []
        target = self.send("Target.createTarget", url="about:blank")["targetId"]
        self._session = self.send("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Network", "Log"):
            self.send(f"{domain}.enable")

    def close(self) -> None:
        for end in (self._tell, self._listen):
            os.close(end)
        try:
            self._process.wait(5)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def send(self, method: str, **parameters: Any) -> dict[str, Any]:
        """Call a method of the DevTools protocol and give its result."""
        self._number += 1
        message: dict[str, Any] = {"id": self._number, "method": method, "params": parameters}
        if self._session:
            message["sessionId"] = self._session
        data = json.dumps(message).encode() + b"\0"
        while data:
            data = data[os.write(self._tell, data) :]
        while True:
            found = self._next()
            if found.get("id") == self._number:
                if "error" in found:
                    raise RuntimeError(f"{method}: {found['error']}")
                return dict(found["result"])
            if found.get("method") == "Page.javascriptDialogOpening":
                raise AssertionError(f"the page opened a dialog: {found['params']['message']}")
            self.events.append(found)

    def _next(self) -> dict[str, Any]:
        while b"\0" not in self._waiting:
            if not select([self._listen], [], [], PATIENCE)[0]:
                raise AssertionError("the page does not answer")
            part = os.read(self._listen, 1 << 20)
            if not part:
                raise RuntimeError("Chromium has gone")
            self._waiting += part
        message, self._waiting = self._waiting.split(b"\0", 1)
        return dict(json.loads(message))

    def run(self, program: str) -> Any:
        """The value of a JavaScript expression, awaited; AssertionError if it throws."""
        answer = self.send("Runtime.evaluate", expression=program, awaitPromise=True, returnByValue=True)
        if "exceptionDetails" in answer:
            raise AssertionError(answer["exceptionDetails"]["exception"].get("description", answer))
        return answer["result"].get("value")

    def until(self, program: str) -> Any:
        """The value of an expression as soon as it is true; AssertionError if it never is."""
        end = time.monotonic() + PATIENCE
        while not (value := self.run(program)):
            if time.monotonic() > end:
                raise AssertionError(f"never came true: {program}")
            time.sleep(0.02)
        return value

    def open(self, file: Path, fragment: str = "") -> None:
        """Open a page of the reader in a fresh document and wait until it is ready."""
        self.send("Page.navigate", url="about:blank")
        self.until("location.href === 'about:blank'")
        self.events.clear()
        self.send("Page.navigate", url=file.as_uri() + fragment)
        self.until("document.documentElement?.dataset.ready === 'true'")

    def press(self, key: str, times: int = 1) -> None:
        about = {"key": key, "code": key, "windowsVirtualKeyCode": KEYS[key]}
        for _ in range(times):
            self.send(
                "Input.dispatchKeyEvent", type="keyDown", **about, **({"text": TEXTS[key]} if key in TEXTS else {})
            )
            self.send("Input.dispatchKeyEvent", type="keyUp", **about)

    def click(self, selector: str) -> None:
        """Click with the mouse in the middle of the first line of an element."""
        place = self.run(
            f"(async () => {{ const e = document.querySelector({json.dumps(selector)});"
            "e.scrollIntoView({block: 'center'});"
            "for (let frame = 0; frame < 3; frame += 1) await new Promise(requestAnimationFrame);"  # it may still move
            "const r = e.getClientRects()[0];"
            "return [r.x + r.width / 2, r.y + r.height / 2]; })()"
        )
        for kind in ("mousePressed", "mouseReleased"):
            self.send("Input.dispatchMouseEvent", type=kind, x=place[0], y=place[1], button="left", clickCount=1)

    def resize(self, width: int, height: int, phone: bool = False) -> None:
        self.send("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=phone)

    def media(self, scheme: str = "light", kind: str = "screen") -> None:
        self.send(
            "Emulation.setEmulatedMedia", media=kind, features=[{"name": "prefers-color-scheme", "value": scheme}]
        )

    def picture(self, file: Path, whole: bool = False) -> None:
        shot = self.send("Page.captureScreenshot", format="png", captureBeyondViewport=whole)
        file.write_bytes(base64.b64decode(shot["data"]))

    def requests(self) -> list[str]:
        """The addresses that were asked for since the page was opened, without the page and what lies in it."""
        sent = [event["params"]["request"]["url"] for event in self.events if event.get("method") == SENT]
        return [address for address in sent[1:] if not address.startswith("data:")]

    def faults(self) -> list[str]:
        """What went wrong in the page since it was opened: exceptions and messages of the browser."""
        found = [event for event in self.events if event.get("method") in ("Runtime.exceptionThrown", "Log.entryAdded")]
        return [json.dumps(event["params"]) for event in found]


SENT = "Network.requestWillBeSent"
