"""What combines bits works on masks and on bitmaps."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from imrsearch.engines.columns.combining import at_least

_ROWS = st.integers(1, 70)


@given(data=st.data(), rows=_ROWS, parts=st.integers(0, 9), count=st.integers(0, 12))
def test_where_most_of_several_are_set(
    data: st.DataObject, rows: int, parts: int, count: int
) -> None:
    masks = [
        np.array(data.draw(st.lists(st.booleans(), min_size=rows, max_size=rows)), bool)
        for _ in range(parts)
    ]
    summed = np.sum(masks, axis=0, dtype=int) if masks else np.zeros(rows, int)
    by_masks = at_least(masks, count, np.zeros(rows, bool))
    packed = [np.packbits(mask) for mask in masks]
    by_bitmaps = at_least(packed, count, np.packbits(np.zeros(rows, bool)))
    assert by_masks.tolist() == (summed >= count).tolist()
    assert np.unpackbits(by_bitmaps, count=rows).view(bool).tolist() == by_masks.tolist()
