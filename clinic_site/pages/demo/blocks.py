"""Short ways to write the blocks of a demo text."""

Block = tuple[str, object]


def heading(text: str) -> Block:
    return "heading", text


def paragraph(text: str) -> Block:
    return "paragraph", f"<p>{text}</p>"


def bullets(*items: str) -> Block:
    """A paragraph block that holds one list."""
    return "paragraph", f"<ul>{''.join(f'<li>{item}</li>' for item in items)}</ul>"


def figure(picture: str, *, alt: str, caption: str) -> Block:
    return "figure", {"picture": picture, "alt": alt, "caption": caption}


def quote(text: str, *, attribution: str) -> Block:
    return "quote", {"text": text, "attribution": attribution}


def callout(kind: str, title: str, text: str) -> Block:
    """``kind`` is note, warning or doctor."""
    return "callout", {"kind": kind, "title": title, "text": f"<p>{text}</p>"}


def product_mention(text: str) -> Block:
    return "product_mention", {"text": f"<p>{text}</p>"}
