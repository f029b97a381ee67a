"""The child that sets a document: standard input is the request, standard output the PDF.

Started by `rendering.render` as ``python -I``. The request is one JSON object: limits, the frame, what it is told, the
day. Before the frame is read the fonts are in memory and no further file or socket can be opened: whatever a text might
bring typst to ask for, there is nothing to be had. Exit 3: a character is in no font; the message says which.
"""

from __future__ import annotations

import json
import resource
import sys

UNSHOWABLE, WRONG = 3, 4


def main() -> None:
    """Read the request, close the doors, write the PDF."""
    request = json.load(sys.stdin.buffer)
    limits = request["limits"]
    resource.setrlimit(resource.RLIMIT_CPU, (limits["seconds"], limits["seconds"] + 1))
    resource.setrlimit(resource.RLIMIT_AS, (limits["memory_bytes"], limits["memory_bytes"]))
    resource.setrlimit(resource.RLIMIT_FSIZE, (limits["memory_bytes"], limits["memory_bytes"]))
    import typst  # noqa: PLC0415 - under the limits

    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=request["fonts"])
    told = {"told": json.dumps(request["told"], ensure_ascii=False)}
    compiler = typst.Compiler(
        _every(fonts.families()),
        root=request["root"],
        font_paths=fonts,
        ignore_system_fonts=True,
        sys_inputs=told,
    )
    compiler.compile(format="pdf")  # reads every font that may be needed
    resource.setrlimit(resource.RLIMIT_NOFILE, (3, 3))
    try:
        paper = compiler.compile(
            request["frame"].encode(),
            format="pdf",
            pdf_standards=["a-2u"],
            timestamp=request["timestamp"],
        )
    except typst.TypstError as error:
        sys.stderr.write(f"{error.message}\n{error.hints}\n")
        sys.exit(UNSHOWABLE if "could not be displayed" in error.message else WRONG)
    assert isinstance(paper, bytes)  # noqa: S101 - as asked for: a PDF, into no file
    sys.stdout.buffer.write(paper)


def _every(families: list[str]) -> bytes:
    """A text that is set in every font there is."""
    return "\n".join(f"#text(font: {json.dumps(family)})[告]" for family in families).encode()


if __name__ == "__main__":
    main()
