"""The scissors of the demo pictures: a canvas that shapes are laid on.

Outlines come in picture pixels; the canvas keeps them three times as large and reduces
once at the end, so that every edge is smooth without any drawing being aware of it.
"""

import math
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from PIL import Image, ImageChops, ImageDraw, ImageFilter

from .paint import INK, IVORY, SIDE, Colour, Fade, Glow, Paint, grain, sheet
from .shapes import Outline, bounds, oval, ribbon, smooth

ZOOM = 3


WIDE, SQUARE = (1600, 1000), (1000, 1000)


class Canvas:
    """A picture under way."""

    def __init__(self, size: tuple[int, int], paint: Paint) -> None:
        self.size = size
        self._at = (0, 0)
        self._use(Image.new("RGB", (size[0] * ZOOM, size[1] * ZOOM), IVORY))
        w, h = size
        self.fill([(-1, -1), (w + 1, -1), (w + 1, h + 1), (-1, h + 1)], paint)

    def _use(self, image: Image.Image) -> None:
        self._image = image
        self._pen = ImageDraw.Draw(image)

    def _frame(self, points: Outline) -> tuple[int, int, int, int] | None:
        """The part of the present layer the points cover, or None."""
        left, top, right, bottom = bounds(points)
        x, y = self._at
        frame = (
            max(int(left * ZOOM) - x - 1, 0),
            max(int(top * ZOOM) - y - 1, 0),
            min(int(right * ZOOM) - x + 2, self._image.width),
            min(int(bottom * ZOOM) - y + 2, self._image.height),
        )
        return frame if frame[0] < frame[2] and frame[1] < frame[3] else None

    def _mask(
        self, points: Outline, frame: tuple[int, int, int, int], tone: int
    ) -> Image.Image:
        mask = Image.new("L", (frame[2] - frame[0], frame[3] - frame[1]))
        dx, dy = self._at[0] + frame[0], self._at[1] + frame[1]
        spots = [(x * ZOOM - dx, y * ZOOM - dy) for x, y in points]
        ImageDraw.Draw(mask).polygon(spots, fill=tone)
        return mask

    def fill(self, points: Outline, paint: Paint, opacity: float = 1) -> None:
        """Lay a shape down."""
        if isinstance(paint, tuple) and opacity == 1:
            dx, dy = self._at
            spots = [(x * ZOOM - dx, y * ZOOM - dy) for x, y in points]
            self._pen.polygon(spots, fill=paint)
            return
        frame = self._frame(points)
        if frame is None:
            return
        mask = self._mask(points, frame, round(255 * opacity))
        if isinstance(paint, tuple):
            self._image.paste(paint, frame, mask)
        else:
            full = bounds(points)
            self._image.paste(self._part(paint, full, frame), frame, mask)

    def _part(
        self,
        paint: Fade | Glow,
        full: tuple[float, float, float, float],
        frame: tuple[int, int, int, int],
    ) -> Image.Image:
        """The sheet of a whole shape, cut to what lies on the layer."""
        left, top = full[0] * ZOOM - self._at[0], full[1] * ZOOM - self._at[1]
        w, h = (full[2] - full[0]) * ZOOM + 2, (full[3] - full[1]) * ZOOM + 2
        cut = (
            (frame[0] - left) / w * SIDE,
            (frame[1] - top) / h * SIDE,
            (frame[2] - left) / w * SIDE,
            (frame[3] - top) / h * SIDE,
        )
        cut = tuple(min(max(edge, 0), SIDE) for edge in cut)
        size = (frame[2] - frame[0], frame[3] - frame[1])
        return sheet(paint).resize(size, Image.Resampling.BILINEAR, box=cut)

    def soft(
        self,
        points: Outline,
        colour: Colour = INK,
        blur: float = 24,
        opacity: float = 0.2,
        shift: tuple[float, float] = (0, 0),
    ) -> None:
        """A blurred shape: a shadow when shifted, a light when bright."""
        points = [(x + shift[0], y + shift[1]) for x, y in points]
        left, top, right, bottom = bounds(points)
        pad = blur * 3
        ring = [(left - pad, top - pad), (right + pad, bottom + pad)]
        frame = self._frame(ring)
        if frame is None:
            return
        step = max(1.0, min(6.0, blur / 2.5))
        x0, y0 = (self._at[0] + frame[0]) / ZOOM, (self._at[1] + frame[1]) / ZOOM
        w, h = frame[2] - frame[0], frame[3] - frame[1]
        small = (math.ceil(w / ZOOM / step) + 1, math.ceil(h / ZOOM / step) + 1)
        mask = Image.new("L", small)
        spots = [((x - x0) / step, (y - y0) / step) for x, y in points]
        ImageDraw.Draw(mask).polygon(spots, fill=round(255 * opacity))
        mask = mask.filter(ImageFilter.GaussianBlur(blur / step))
        cut = (0, 0, w / ZOOM / step, h / ZOOM / step)
        mask = mask.resize((w, h), Image.Resampling.BILINEAR, box=cut)
        self._image.paste(colour, frame, mask)

    def cut(
        self,
        points: Outline,
        paint: Paint,
        lift: float = 10,
        opacity: float = 0.18,
    ) -> None:
        """A piece of paper lying a little above what is there."""
        self.soft(points, INK, lift * 1.6, opacity, (lift * 0.3, lift))
        self.fill(points, paint)

    def line(
        self, points: Outline, width: float, colour: Colour, opacity: float = 1
    ) -> None:
        """A line of even width with round ends."""
        self.fill(ribbon(points, width), colour, opacity)
        if opacity == 1 and width > 2:
            for x, y in (points[0], points[-1]):
                self.fill(oval(x, y, width / 2), colour)

    def hair(self, points: Outline, colour: Colour, *widths: float) -> None:
        """A strand through the points."""
        self.fill(ribbon(smooth(points, steps=6), *widths), colour)

    @contextmanager
    def within(self, points: Outline) -> Iterator[None]:
        """Whatever is drawn inside the block stays inside the shape."""
        frame = self._frame(points)
        if frame is None:
            frame = (0, 0, 1, 1)
        mask = self._mask(points, frame, 255)
        image, at = self._image, self._at
        self._use(image.crop(frame))
        self._at = (at[0] + frame[0], at[1] + frame[1])
        try:
            yield
        finally:
            image.paste(self._image, frame, mask)
            self._at = at
            self._use(image)

    def veil(
        self,
        frame: tuple[float, float, float, float],
        share: Callable[[float, float], float],
        colour: Colour,
    ) -> None:
        """Colour with an opacity asked for at places from -1 to 1 of the frame."""
        left, top, right, bottom = frame
        place = self._frame([(left, top), (right, bottom)])
        if place is None:
            return
        side = 72
        steps = [(i + 0.5) / side * 2 - 1 for i in range(side)]
        mask = Image.new("L", (side, side))
        mask.putdata(
            [round(255 * min(max(share(u, v), 0), 1)) for v in steps for u in steps]
        )
        size = (place[2] - place[0], place[3] - place[1])
        self._image.paste(colour, place, mask.resize(size, Image.Resampling.BICUBIC))

    def finish(self) -> Image.Image:
        """The picture in its own size, with a breath of paper grain."""
        image = self._image.resize(self.size, Image.Resampling.LANCZOS)
        return ImageChops.add(image, grain(self.size), offset=-128)
