"""The published table of shares: what a synthetic county (样例县) is made of.

All shares are whole numbers of a thousand, so that a county is the same on every machine. The
page ``docs/reference/sample-county.md`` is generated from these tables. They describe nobody:
orders of magnitude follow public statistics and plans, the rest is chosen for variety.
"""

from __future__ import annotations

from dataclasses import dataclass

THOUSAND = 1000


@dataclass(frozen=True, slots=True)
class Split:
    """How a whole divides into words; parts are per thousand and sum to 1,000.

    Attributes
    ----------
    title : Chinese heading in the published table
    parts : word and its share per thousand
    """

    title: str
    parts: tuple[tuple[str, int], ...]

    @property
    def words(self) -> tuple[str, ...]:
        """The words in order."""
        return tuple(word for word, _ in self.parts)

    @property
    def weights(self) -> tuple[int, ...]:
        """The shares per thousand, in the order of the words."""
        return tuple(weight for _, weight in self.parts)


@dataclass(frozen=True, slots=True)
class SchoolType:
    """One type of school in the public compulsory stage.

    Attributes
    ----------
    area, kind : codes of the unit sheet
    stages : 小学, 初中 or both
    share : per thousand of the schools of the compulsory stage
    size : staff relative to the other types
    """

    area: str
    kind: str
    stages: tuple[str, ...]
    share: int
    size: int


SCHOOL_TYPES: tuple[SchoolType, ...] = (
    SchoolType("城市", "小学", ("小学",), 190, 200),
    SchoolType("城市", "初中", ("初中",), 90, 220),
    SchoolType("城市", "九年一贯制", ("小学", "初中"), 30, 260),
    SchoolType("县镇", "中心校", ("小学",), 120, 130),
    SchoolType("县镇", "初中", ("初中",), 80, 150),
    SchoolType("乡村", "村小", ("小学",), 180, 60),
    SchoolType("乡村", "初中", ("初中",), 90, 90),
    SchoolType("乡村", "九年一贯制", ("小学", "初中"), 50, 100),
    SchoolType("山区", "村小", ("小学",), 60, 40),
    SchoolType("山区", "教学点", ("小学",), 40, 15),
    SchoolType("山区", "初中", ("初中",), 20, 60),
    SchoolType("边远", "教学点", ("小学",), 30, 15),
    SchoolType("边远", "村小", ("小学",), 20, 30),
)
SENIOR = SchoolType("城市", "高中", ("高中",), 0, 200)
PRIVATE = SchoolType("城市", "小学", ("小学",), 0, 100)
KINDERGARTEN = SchoolType("县镇", "幼儿园", ("幼儿园",), 0, 40)
FORMER = SchoolType("乡村", "教学点", ("小学",), 0, 0)

BEYOND = (("高中", 25), ("民办小学", 25), ("幼儿园", 25), ("已撤并教学点", 25))
"""Units beyond the public compulsory stage, per thousand of all units, at least one each."""

QUALITY = {
    "城市": Split("办学水平·城市", (("优质", 500), ("一般", 450), ("薄弱", 50))),
    "县镇": Split("办学水平·县镇", (("优质", 250), ("一般", 550), ("薄弱", 200))),
    "乡村": Split("办学水平·乡村", (("优质", 50), ("一般", 500), ("薄弱", 450))),
    "山区": Split("办学水平·山区", (("优质", 0), ("一般", 300), ("薄弱", 700))),
    "边远": Split("办学水平·边远", (("优质", 0), ("一般", 300), ("薄弱", 700))),
}
NEAR_TOWN = {"城市": 0, "县镇": 1000, "乡村": 300, "山区": 0, "边远": 0}
"""Per thousand of schools near a market town (近集镇)."""

SCHOOLS_PER_ZONE = 7
PAIRED = 333
RECLASSIFIED = 80
PRIMARY_PART = 550
"""Of a nine-year school's teachers, per thousand in the primary stage."""

ESTABLISHMENT = {"城市": (970, 990), "县镇": (1000, 1030), "rural": (1010, 1060)}
"""Establishment per thousand persons on it, from and to."""

NEED = {"城市": (880, 950), "县镇": (950, 1000), "rural": (1000, 1080)}
"""Teachers required per thousand teachers present, from and to."""

PUPILS_PER_TEACHER = {"小学": (15, 20), "初中": (13, 17), "高中": (12, 14), "幼儿园": (10, 13)}
CLASS_SIZE = {"城市": 45, "县镇": 42, "乡村": 32, "山区": 24, "边远": 14}

TEAMS = ((30, 3), (12, 2), (6, 1), (0, 0))
"""Staff from which a school has so many deputy heads beside its head; the first that fits."""
SECRETARY_FROM = 60
"""Staff from which a school has a secretary (书记) beside its head."""
OTHER_STAFF = 50
OTHER_STAFF_FROM = 12

SUBJECTS = {
    "小学": Split(
        "小学学科",
        (
            ("语文", 300), ("数学", 240), ("英语", 110), ("体育", 100), ("科学", 70),
            ("音乐", 60), ("美术", 60), ("道德与法治", 40), ("信息技术", 20),
        ),
    ),
    "初中": Split(
        "初中学科",
        (
            ("语文", 180), ("数学", 180), ("英语", 170), ("物理", 90), ("化学", 50),
            ("道德与法治", 70), ("历史", 60), ("地理", 40), ("生物", 40), ("体育", 60),
            ("音乐", 20), ("美术", 20), ("信息技术", 20),
        ),
    ),
    "高中": Split(
        "高中学科",
        (
            ("语文", 170), ("数学", 170), ("英语", 170), ("物理", 110), ("化学", 90),
            ("生物", 80), ("思想政治", 60), ("历史", 60), ("地理", 50), ("体育", 40),
        ),
    ),
    "幼儿园": Split("幼儿园学科", (("幼儿教育", 1000),)),
}  # fmt: skip
SCARCE = ("英语", "科学", "体育", "音乐", "美术", "信息技术", "物理", "化学")
SCARCE_PRESENT = {"城市": (1000, 1400), "县镇": (800, 1200), "rural": (400, 900)}
"""Teachers of scarce subjects present, per thousand of their even share, from and to."""

FEMALE = {"小学": 720, "初中": 580, "高中": 520, "幼儿园": 960}
"""Women per thousand, by stage."""
AGES = Split(
    "年龄（周岁，起）",
    (
        ("22", 80), ("25", 110), ("30", 160), ("35", 170), ("40", 160), ("45", 140),
        ("50", 120), ("55", 60),
    ),
)  # fmt: skip
OLDEST = {"男": 59, "女": 54}
"""Nobody in the sample is older, in completed years; older draws become this age."""
CAREER_START = Split("参加工作年龄", (("22", 600), ("23", 200), ("24", 120), ("25", 80)))
YEARS_AT_SCHOOL = Split(
    "在现单位年限（起）",
    (
        ("0", 60), ("1", 60), ("2", 60), ("3", 60), ("4", 60), ("5", 60), ("6", 220),
        ("9", 160), ("12", 140), ("16", 80), ("21", 40),
    ),
)  # fmt: skip
YEARS_IN_OFFICE = Split(
    "校级干部任现职年限（起）",
    (
        ("0", 120), ("1", 120), ("2", 120), ("3", 120), ("4", 100), ("5", 80), ("6", 120),
        ("8", 140), ("10", 80),
    ),
)  # fmt: skip
STARTS = Split(
    "到校日期写法",
    (("9月1日", 620), ("8月下旬", 230), ("只到月", 120), ("3月1日", 20), ("只到年", 10)),
)
EDUCATION = {
    "小学": Split(
        "学历·小学", (("专科", 330), ("本科", 610), ("硕士研究生", 40), ("中师", 20))
    ),
    "初中": Split("学历·初中", (("专科", 90), ("本科", 850), ("硕士研究生", 60), ("中师", 0))),
}
TITLES = {
    "22": Split(
        "职称·30岁以下",
        (("未取得职称", 120), ("三级教师", 80), ("二级教师", 800), ("一级教师", 0)),
    ),
    "30": Split("职称·30至39岁", (("二级教师", 550), ("一级教师", 430), ("高级教师", 20))),
    "40": Split("职称·40至49岁", (("二级教师", 140), ("一级教师", 590), ("高级教师", 270))),
    "50": Split(
        "职称·50岁以上",
        (("二级教师", 50), ("一级教师", 520), ("高级教师", 425), ("正高级教师", 5)),
    ),
}
POST_GRADES = {
    "正高级教师": (3, 4), "高级教师": (5, 7), "一级教师": (8, 10), "二级教师": (11, 12),
    "三级教师": (13, 13),
}  # fmt: skip
STRUCTURE = {
    "小学": Split(
        "岗位结构·小学", (("正高级", 2), ("高级", 158), ("中级", 450), ("初级", 390))
    ),
    "初中": Split(
        "岗位结构·初中", (("正高级", 3), ("高级", 247), ("中级", 430), ("初级", 320))
    ),
}
EMPLOYMENT = Split("用工性质（教师）", (("在编", 975), ("聘用", 20), ("临聘", 5)))
EMPLOYMENT_OTHER = Split(
    "用工性质（其他人员）", (("在编", 300), ("聘用", 400), ("劳务派遣", 300))
)
IN_POST = Split(
    "在岗状态",
    (
        ("在岗", 972),
        ("跟岗借调", 8),
        ("产假", 8),
        ("长期病休", 6),
        ("脱产学习", 4),
        ("公假", 2),
    ),
)

BACKBONE = {"城市": 220, "县镇": 150, "rural": 100}
"""Teachers with a county or higher backbone honour in force, per thousand."""
BACKBONE_HONOURS = Split(
    "骨干类荣誉",
    (
        ("骨干教师", 600), ("教学能手", 180), ("学科带头人", 150), ("名师", 50),
        ("特级教师", 20),
    ),
)  # fmt: skip
BACKBONE_LEVELS = Split("骨干类荣誉级别", (("县级", 640), ("市级", 290), ("省级", 70)))
COMMENDED = 40
COMMENDATIONS = Split("表彰类荣誉", (("优秀教师", 700), ("模范教师", 300)))
SCHOOL_BACKBONE = 50
LAPSED_HONOUR = 20

SUPPORT_STAY = 40
"""Teachers who spent one year at another school in support (支教) and came back."""
MOVED_FOR_GOOD = 50
"""Teachers whose last exchange moved their relation to the present school."""
SERVING = 25
"""Teachers now on exchange away from their own school; about a third end by next summer."""
SERVING_AS_PRESENT = 500
"""Of those on exchange, per thousand whose status is 在岗, the others 区内交流."""
BEGAN_IN_VILLAGE = 100
SERVED_YEARS = Split("正在交流已满年数", (("0", 350), ("1", 330), ("2", 320)))
TOOK_LEAVE = 10
"""Teachers who studied for one year off duty (脱产学习) and came back."""
CYCLE_DONE = 930
CYCLE_BLANK = 15
ELSEWHERE_ESTABLISHED = 15

CIRCUMSTANCES = (
    ("孕期", 18), ("哺乳期", 14), ("重病", 8), ("领衔特色课程", 12), ("残疾", 3),
    ("直系亲属重病", 5), ("子女无人接送", 4),
)  # fmt: skip
"""Persons with this circumstance today, per thousand of those it can concern."""
PUBLICISED = 900
PUBLICISED_SHORT = 60
APPROVED = 880
AUDITED_LEADERS = 15
SANCTIONED = 5
SANCTIONS = Split("处分", (("警告", 550), ("记过", 250), ("党内警告", 200)))
APPRAISED = Split(
    "年度考核", (("优秀", 180), ("合格", 800), ("基本合格", 8), ("不合格", 2), ("未定等次", 10))
)
OBLIGED = 250
OBLIGATIONS = Split("服务期（28岁以下）", (("公费师范生", 500), ("特岗", 500)))
COUPLES = 10
VOLUNTEERS = 135
WISHES = Split("志愿个数", (("1", 150), ("2", 200), ("3", 300), ("4", 150), ("5", 200)))
WISH_IN_ZONE = 650
OPINIONS = Split("申请意见", (("双方同意", 850), ("尚未签署", 90), ("学校不同意", 60)))
WISHES_TO_STAY = 500
"""Of those six years or longer at a hill or remote school, per thousand who wish to stay."""

OPEN_UNITS = 50
"""Units that have not declared circumstances and wishes complete, per thousand."""
BIRTH_BY_MONTH = 15
NO_ID_NUMBER = 10
BLANK = 8
"""Blank cells per thousand in title date, recruitment and home; the balance needs the rest."""
MINORITY_NAMES = 12
NEAR_AGREED = 200
RETIRING_NOW = 300
TEACHES_SECOND = 80
SECOND_SUBJECTS = (("语文", "道德与法治"), ("数学", "科学"), ("化学", "生物"))
HOME_IN_TOWN = 350
DRAWS_BENEFIT = 60
BENEFIT_FULL = 900
INCIDENTS = 3
INCIDENT_KINDS = Split(
    "行为记录", (("旷工", 400), ("违背师德", 200), ("不服从安排", 200), ("表现突出", 200))
)
CHILD_AT_SCHOOL = 60
WAY_FROM_HOME = 200
SCORED = 60
CONFIRMED = 850
CONFIRMED_BLANK = 20
GRADES_BLANK = 20
