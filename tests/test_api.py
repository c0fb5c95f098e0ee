import pickle

import lxml.etree
import lxml.html
import pytest
from bs4 import BeautifulSoup

import articlekit

TEXT = "示例银行公布三季报\n示例银行前三季度净利润6.09亿元，同比增长29.57%。\n责任编辑：温知夏"


def test_clean_takes_characters_bytes_and_mappings():
    articles = [
        articlekit.clean(TEXT),
        articlekit.clean(TEXT.encode("gb18030")),
        articlekit.clean({"content": TEXT, "code": "000858"}),
    ]
    assert {article.title for article in articles} == {"示例银行公布三季报"}
    assert articles[2].to_dict()["extra"] == {"code": "000858"}


def test_clean_raises_where_a_batch_would_quarantine():
    with pytest.raises(articlekit.RecordError, match="empty-input"):
        articlekit.clean(b"")


def test_clean_many_never_raises_for_a_record_and_is_lazy():
    def sources():
        yield TEXT
        yield b""
        yield {"nothing": 1}
        yield 17
        raise KeyError("must not be reached")

    outcomes = articlekit.Cleaner().clean_many(sources())
    kinds = [type(next(outcomes)).__name__ for _ in range(4)]
    assert kinds == ["Article", "Quarantined", "Quarantined", "Quarantined"]
    with pytest.raises(KeyError):
        next(outcomes)


def test_a_cleaner_can_be_pickled():
    cleaner = pickle.loads(pickle.dumps(articlekit.Cleaner()))
    assert cleaner.clean(TEXT).editor == "温知夏"


def test_an_article_goes_through_a_dict_and_back():
    article = articlekit.clean(TEXT)
    assert articlekit.Article.from_dict(article.to_dict()) == article


def test_the_functions_of_the_library_answer():
    assert articlekit.convert("隨著經濟發展", "t2s") == "随著经济发展"
    assert articlekit.decode("示例".encode("gb18030")).text == "示例"
    assert articlekit.repair("示例。").text == "示例。"
    page = "<html><body><h1>示例标题</h1><p>示例公司今日发布公告，内容如下，请投资者留意。</p></body></html>"
    assert "示例公司今日发布公告" in "\n".join(line.text for line in articlekit.extract(page).lines)
    twins = [{"id": "a", "text": TEXT}, {"id": "b", "text": TEXT}]
    assert [duplicate.id for duplicate in articlekit.find_duplicates(twins)] == ["b"]


def test_pages_are_extracted_from_whatever_holds_them():
    page = "<body><h1>示例标题</h1><p>示例公司今日发布公告，内容如下，请各位投资者多加留意。</p></body>"
    soup = BeautifulSoup(page, "html.parser")
    tree = lxml.html.document_fromstring(page)
    before = soup.decode(), lxml.html.tostring(tree)
    expected = articlekit.extract(page)
    for source in (
        page.encode("gb18030"),
        bytearray(page.encode()),
        soup,
        soup.body,
        tree,
        tree.getroottree(),
    ):
        assert articlekit.extract(source) == expected
    assert articlekit.extract(tree.find("body/p")).lines == expected.lines
    assert (soup.decode(), lxml.html.tostring(tree)) == before
    for source in (None, 3, [page]):
        with pytest.raises(
            TypeError,
            match=r"expected bytes, characters, an element .* found (NoneType|int|list)",
        ):
            articlekit.extract(source)


def test_objects_of_classes_derived_from_those_of_the_libraries_are_taken_too():
    class Soup(BeautifulSoup):
        pass

    class Element(lxml.etree.ElementBase):
        TAG = "p"

    text = "示例公司今日发布公告，内容如下，请各位投资者多加留意。"
    for source in (Soup(f"<p>{text}</p>", "html.parser"), Element(text)):
        assert [line.text for line in articlekit.extract(source).lines] == [text]


def test_an_unknown_name_is_an_attribute_error():
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        _ = articlekit.nothing


def test_all_names_are_there_and_listed():
    for name in articlekit.__all__:
        assert getattr(articlekit, name) is not None
        assert name in dir(articlekit)
