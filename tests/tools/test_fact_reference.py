from junheng.engine.policy.topics import TITLES, Topic
from junheng.engine.policy.vocabulary import FACTS, About, Fact, FactType, Setting
from tools.fact_reference import PAGE, reference

_HEIGHT = Fact(
    "身高",
    About.PERSON,
    FactType.NUMBER,
    "years",
    settings={
        "clock": Setting("tenure_clock"),
        "gap": Setting(unit="days", required=False),
    },
    private="health",
)


def test_each_fact_stands_under_what_it_is_about_with_type_and_unit() -> None:
    page = reference({"height": _HEIGHT}, {})

    people, units = page.split("## 单位的事实")
    assert "| `height` | 身高（私密） | 数（`years`） |  |" in people
    assert "`height` | 身高（私密）" not in units


def test_each_setting_says_whether_it_must_be_given_and_what_it_takes() -> None:
    page = reference({"height": _HEIGHT}, {})

    assert "| `clock` | 必写 | 开关主题 `tenure_clock` |" in page
    assert "| `gap` |  | 数（`days`） |" in page


def test_topic_without_options_of_its_own_says_so() -> None:
    boundary = Topic("含不含", {"inclusive": "含", "exclusive": "不含"})

    page = reference({}, {"boundary": boundary, "choice": Topic("其他")})

    assert "| `boundary` | 含不含 | `inclusive` 含、`exclusive` 不含 |" in page
    assert "| `choice` | 其他 | 由开关自己列出 |" in page


def test_page_in_the_documentation_is_what_the_vocabulary_says() -> None:
    assert PAGE.read_text(encoding="utf-8") == reference(FACTS, TITLES)
