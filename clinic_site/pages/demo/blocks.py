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


def study(number: int, *, finding: str, limits: str) -> Block:
    """``number`` is the source's place in the article's list."""
    return "study", {
        "source": number,
        "finding": f"<p>{finding}</p>",
        "limits": f"<p>{limits}</p>",
    }


def dos_and_donts(*, do: tuple[str, ...], dont: tuple[str, ...]) -> Block:
    return "dos_and_donts", {
        "do": [f"<p>{item}</p>" for item in do],
        "dont": [f"<p>{item}</p>" for item in dont],
    }


def steps(*steps: tuple[str, str], title: str = "") -> Block:
    """Each step is its title and its text."""
    return "steps", {
        "title": title,
        "steps": [{"title": name, "text": f"<p>{text}</p>"} for name, text in steps],
    }


def key_points(*points: str) -> Block:
    return "key_points", {
        "title": "Key points",
        "points": [f"<p>{point}</p>" for point in points],
    }


def related_answer(slug: str, *, note: str) -> Block:
    return "related_answer", {"page": slug, "note": note}
