"""Pictures made of pixels: each pixel in its place and shade, lines below, and words."""

import re
from xml.etree import ElementTree

import numpy as np
import pytest

import bpkit
from bpkit.figures import pixels
from bpkit.figures.pixels import GAP, TILE

IMAGE = np.array([[0, 0.25, 0.25, 1], [0, 0, 0, 0], [0.5, 0, 1, 1], [0, 0, 0, 0.75]])


def drawn(picture, name):
    return [e for e in ElementTree.fromstring(picture.svg).iter() if e.tag.endswith("}" + name)]


def painted(picture, frame, shape):
    """Read the pixels back from the drawing: what is painted at each pixel's middle."""
    left, top = (float(drawn(picture, "rect")[frame].get(name)) for name in "xy")
    image = np.zeros(shape)
    for path in drawn(picture, "path"):
        for box in path.get("d").split("z")[:-1]:
            corners = np.array(re.findall(r"-?[\d.]+", box), float).reshape(4, 2)
            (x1, y1), (x2, y2) = corners.min(axis=0), corners.max(axis=0)
            for i, j in np.ndindex(shape):
                x, y = left + (j + 0.5) * TILE / shape[1], top + (i + 0.5) * TILE / shape[0]
                if x1 < x < x2 and y1 < y < y2:
                    image[i, j] += float(path.get("fill-opacity"))
    return image


def test_every_pixel_has_its_place_and_its_shade():
    assert np.array_equal(painted(pixels([IMAGE]), 0, (4, 4)), IMAGE)


def test_pictures_stand_beside_each_other_and_wrap_into_rows():
    picture = pixels(np.stack([IMAGE * n / 8 for n in range(9)]))
    places = [(float(r.get("x")), float(r.get("y"))) for r in drawn(picture, "rect")]
    assert len(set(places)) == 9
    assert len({y for _, y in places}) == 2
    assert places[1][0] - places[0][0] == TILE + GAP
    assert np.abs(painted(picture, 8, (4, 4)) - IMAGE).max() < 0.01


def test_a_row_of_64_numbers_is_a_digit_of_8_by_8_pixels():
    digit = bpkit.data.digits().X_test[0]
    picture = pixels([digit])
    assert np.abs(painted(picture, 0, (8, 8)) - digit.reshape(8, 8)).max() < 0.01
    assert len(picture.svg) < 4000


def test_lines_below_and_words_say_what_was_read():
    picture = pixels([IMAGE, IMAGE], ["8 read as 1", "3 read as 9"], "Misread digits")
    assert [text.text for text in drawn(picture, "text")] == ["8 read as 1", "3 read as 9"]
    assert picture.alt == "Misread digits. 2 pictures of 4 × 4 pixels: 8 read as 1; 3 read as 9."
    assert pixels([IMAGE]).alt == "Pixels. 1 picture of 4 × 4 pixels."


@pytest.mark.parametrize(
    ("images", "captions", "said"),
    [
        (np.zeros((0, 64)), (), r"shape \(0, 64\)"),
        (np.zeros((2, 63)), (), r"shape \(2, 63\)"),
        (np.zeros(64), (), r"shape \(64,\)"),
        (np.zeros((71, 4)), (), "at most 70"),
        (np.zeros((1, 33, 33)), (), "32 × 32"),
        ([[[1.5]]], (), "from 0"),
        ([[[np.nan]]], (), "from 0"),
        ([[[0.5]]], ("a", "b"), "2 captions for 1 images"),
    ],
)
def test_what_is_no_picture_is_refused(images, captions, said):
    with pytest.raises(ValueError, match=said):
        pixels(images, captions)
