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
_WARM = b'#set text(font: "Noto Sans CJK SC")\n\xe5\x91\x8a\xe7\x9f\xa5 *A* `1` _a_'


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
        _WARM, root=request["root"], font_paths=fonts, ignore_system_fonts=True, sys_inputs=told
    )
    compiler.compile(format="pdf")
    resource.setrlimit(resource.RLIMIT_NOFILE, (3, 3))
    try:
        paper = compiler.compile(
            request["frame"].encode(),
            format=request["format"],
            pdf_standards=request["standards"],
            timestamp=request["timestamp"],
            ppi=90.0,
        )
    except typst.TypstError as error:
        sys.stderr.write(f"{error.message}\n{error.hints}\n")
        sys.exit(UNSHOWABLE if "font" in error.message or "notdef" in error.message else WRONG)
    sys.stdout.buffer.write(paper if isinstance(paper, bytes) else b"".join(paper))


if __name__ == "__main__":
    main()
