"""Common words: which of jieba's dictionary are taken, how they are written and read again."""

from __future__ import annotations

from importlib import metadata
from pathlib import Path

import pytest

from geo.compile import sources
from geo.compile.sources import read_licences, read_sources
from geo.compile.words import read_words, write_words
from geo.errors import DataMissingError, TableError
from geo.recognition import read_common_words

LINES = "振兴 1075 vn\n振动 250 vn\n化工 200 n\n县域 199 n\n约翰 503 nrt\n县 9000 n\n拖拉机 600 n\n"


@pytest.fixture
def dictionary(tmp_path: Path) -> Path:
    path = tmp_path / "dict.txt"
    path.write_text(LINES, encoding="utf-8")
    return path


def test_common_words_of_two_characters_that_are_no_persons(dictionary: Path) -> None:
    assert read_words(dictionary) == {"振兴", "振动", "化工"}


def test_what_is_written_is_sorted_and_read_again(dictionary: Path, tmp_path: Path) -> None:
    built = tmp_path / "common_words.csv"
    write_words(read_words(dictionary), built)
    assert built.read_text(encoding="utf-8") == "first,seconds\n化,工\n振,兴动\n"
    assert read_common_words(built) == {"振兴", "振动", "化工", "增资", "引资"}


@pytest.mark.parametrize("line", ["振兴 1075", "振兴 often vn", "振兴\t1075\tvn", ""])
def test_a_line_of_another_form_is_named(dictionary: Path, line: str) -> None:
    dictionary.write_text(f"化工 200 n\n{line}\n化纤 300 n\n", encoding="utf-8")
    with pytest.raises(TableError, match=r"dict\.txt:2: .* is not a word, a frequency and a tag"):
        read_words(dictionary)


def test_words_that_were_not_built_name_the_remedy(tmp_path: Path) -> None:
    with pytest.raises(DataMissingError, match=r"nowhere\.csv are not there: run `make install`"):
        read_common_words(tmp_path / "nowhere.csv")


def test_the_words_that_were_built() -> None:
    words = read_common_words()
    assert len(words) == 15_883
    assert {"振兴", "增资", "引资", "北京"} <= words
    assert not {"约翰", "令人"} & words
    assert {len(word) for word in words} == {2}


def test_a_licence_that_is_stated_without_its_text(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    words = {"words": read_sources()["words"]}
    text = read_licences(words, tmp_path)["jieba"]
    assert text.startswith("jieba: MIT License\n\nCopyright (c) 2013 Sun Junyi\n\nPermission is")
    assert 'THE SOFTWARE IS PROVIDED "AS IS"' in text
    assert "planmap" not in text
    monkeypatch.setattr(sources, "MIT_FILE", tmp_path / "LICENSE")
    with pytest.raises(DataMissingError, match="in a checkout of planmap"):
        read_licences(words, tmp_path)


def test_the_notice_is_stated_only_where_the_package_has_no_text() -> None:
    for source in read_sources().values():
        if source.kind == "python":
            files = metadata.distribution(source.package).files or ()
            assert bool(source.copyright) != any(file.name == "LICENSE" for file in files)
            assert source.licence.startswith("MIT")
