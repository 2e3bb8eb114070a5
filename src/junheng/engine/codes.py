"""The code lists of the field: the words that rosters hold and packs compare with.

Source: drop-downs of the district roster form and the national teacher system's groups, as
far as public; lists marked open accept local words with a warning.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class CodeList:
    """The words a coded column may hold, in order, with other spellings accepted for each.

    ``open_ended`` lists accept further words with a warning: the codes in use differ by
    place and no national list was available.
    """

    id: str
    codes: tuple[str, ...]
    spellings: tuple[tuple[str, str], ...] = ()
    open_ended: bool = False


NONE_OF_THEM = "无"
"""Written in a cell that may hold several codes: known to hold none. A blank says nothing."""

SEX = CodeList("sex", ("男", "女"))
UNIT_KIND = CodeList(
    "unit_kind",
    (
        "小学",
        "初中",
        "九年一贯制",
        "完全中学",
        "高中",
        "十二年一贯制",
        "中职",
        "幼儿园",
        "特殊教育学校",
        "中心校",
        "村小",
        "教学点",
        "教学支撑单位",
        "机关科室",
        "事业单位",
        "子公司",
    ),
    (
        ("中心小学", "中心校"),
        ("初级中学", "初中"),
        ("高级中学", "高中"),
        ("九年制学校", "九年一贯制"),
        ("村小学", "村小"),
        ("特殊教育", "特殊教育学校"),
    ),
)
OWNERSHIP = CodeList("ownership", ("公办", "民办"))
SYSTEM = CodeList("system", ("党群", "政府"))
STAGE = CodeList(
    "stage",
    ("幼儿园", "小学", "初中", "高中", "中职"),
    (
        ("初级中学", "初中"),
        ("高级中学", "高中"),
        ("普通小学", "小学"),
        ("普通初中", "初中"),
        ("普通高中", "高中"),
    ),
)
AREA = CodeList(
    "area",
    ("城市", "县镇", "乡村", "丘陵", "山区", "边远", "海岛"),
    (("城区", "城市"), ("镇区", "县镇"), ("农村", "乡村")),
)
QUALITY = CodeList("quality", ("优质", "薄弱", "一般"))
TRAIT = CodeList(
    "trait",
    ("窗口", "直属", "试点", "寄宿制", "小规模", "欠发达", "副科级单位", "职能部门", "合资"),
    open_ended=True,
)
SUBJECT = CodeList(
    "subject",
    (
        "语文",
        "数学",
        "英语",
        "道德与法治",
        "思想政治",
        "历史",
        "地理",
        "物理",
        "化学",
        "生物",
        "科学",
        "体育",
        "音乐",
        "美术",
        "书法",
        "舞蹈",
        "信息技术",
        "通用技术",
        "劳动",
        "综合实践",
        "心理健康",
        "人工智能",
        "汽修",
        "烹饪",
        "幼儿教育",
        "电子商务",
        "特殊教育",
        "校本课程",
        "其他",
        "无",
    ),
    (
        ("品德", "道德与法治"),
        ("政治", "道德与法治"),
        ("体育与健康", "体育"),
        ("信息科技", "信息技术"),
        ("综合实践活动", "综合实践"),
        ("生物学", "生物"),
        ("外语", "英语"),
    ),
)
ROLE = CodeList(
    "role",
    (
        "校长",
        "副校长",
        "书记",
        "副书记",
        "中层正职",
        "中层副职",
        "教师",
        "教辅",
        "工勤",
        "职员",
    ),
    (("党支部书记", "书记"), ("任课教师", "教师"), ("专任教师", "教师")),
)
OFFICE_LEVEL = CodeList(
    "office_level",
    ("正校级", "副校级", "中层正职", "中层副职", "处级", "高层", "中层", "基层", "无"),
    (
        ("书记(正校级)", "正校级"),
        ("副书记(副校级)", "副校级"),
        ("校长", "正校级"),
        ("副校长", "副校级"),
        ("书记", "正校级"),
        ("副书记", "副校级"),
        ("工会主席(副)", "副校级"),
        ("团委书记(副)", "中层副职"),
        ("少先队大队辅导员(副)", "中层副职"),
    ),
)
RANK = CodeList("rank", ("正处级", "副处级", "正科级", "副科级", "科员", "办事员", "无"))
EMPLOYMENT = CodeList(
    "employment",
    ("在编", "聘用", "临聘", "劳务派遣"),
    (("编内", "在编"), ("编外", "聘用"), ("事业编制", "在编")),
)
IN_POST = CodeList(
    "in_post",
    (
        "在岗",
        "跟岗借调",
        "区内交流",
        "支教",
        "长期事假",
        "产假",
        "公假",
        "长期病休",
        "脱产学习",
        "待岗",
        "其他",
    ),
    (
        ("在职在岗", "在岗"),
        ("区内跟岗或借调(不在一线)", "跟岗借调"),
        ("区内交流(在一线)", "区内交流"),
        ("外市支教", "支教"),
        ("长期事假(7天以上)", "长期事假"),
    ),
)
TITLE = CodeList(
    "title",
    (
        "正高级教师",
        "高级教师",
        "一级教师",
        "二级教师",
        "三级教师",
        "高级职称(非中小学系列)",
        "中级职称(非中小学系列)",
        "初级职称(非中小学系列)",
        "试用期未聘",
        "未取得职称",
    ),
    (
        ("中学高级教师", "高级教师"),
        ("中学一级教师", "一级教师"),
        ("小学高级教师", "一级教师"),
        ("小学一级教师", "二级教师"),
        ("中小学高级教师", "高级教师"),
        ("中小学一级教师", "一级教师"),
        ("中小学二级教师", "二级教师"),
        ("无", "未取得职称"),
    ),
)
GRADE_BAND = CodeList("grade_band", ("正高级", "高级", "中级", "初级", "管理", "工勤"))
BAND_OF_TITLE: Mapping[str, str] = MappingProxyType(
    {"正高级教师": "正高级", "高级教师": "高级", "一级教师": "中级"}
)
"""The band of posts that a title is hired into; every other title is ``LOWEST_BAND``."""
LOWEST_BAND = "初级"
EDUCATION = CodeList(
    "education",
    ("博士研究生", "硕士研究生", "本科", "专科", "中专(非师范)", "中师", "高中", "初中"),
    (
        ("大学本科", "本科"),
        ("大学", "本科"),
        ("大专", "专科"),
        ("研究生", "硕士研究生"),
        ("中等师范", "中师"),
        ("博士", "博士研究生"),
        ("硕士", "硕士研究生"),
    ),
)
RECRUITED_INTO = CodeList(
    "recruited_into", ("城区学校", "农村学校", "薄弱学校"), open_ended=True
)
TRANSFERRED_IN_BY = CodeList(
    "transferred_in_by", ("上级主管部门", "本人申请", "招聘", "分配", "竞聘"), open_ended=True
)
RESERVE_KIND = CodeList(
    "reserve_kind",
    ("学校后备干部", "科级后备", "副科级后备", "中层后备", "子公司班子人选", "无"),
    (
        ("科级后备干部", "科级后备"),
        ("副科级后备干部", "副科级后备"),
        ("中层后备干部", "中层后备"),
    ),
    open_ended=True,
)
POST_KIND = CodeList(
    "post_kind",
    (
        "专业技术",
        "管理",
        "工勤",
        "敏感岗位",
        "窗口",
        "主办岗位",
        "人事",
        "财务",
        "市场",
        "销售",
    ),
    (("窗口岗位", "窗口"), ("主办", "主办岗位")),
    open_ended=True,
)
PAID_AS = CodeList("paid_as", ("无", "教授级"), open_ended=True)
RETIREMENT_KIND = CodeList(
    "retirement_kind",
    ("男", "女干部", "女工人"),
    (("女(专业技术)", "女干部"), ("女专技", "女干部")),
)
STINT_KIND = CodeList(
    "stint_kind",
    (
        "任教",
        "任职",
        "支教",
        "轮岗",
        "交流",
        "跟岗",
        "挂职",
        "走教",
        "借调",
        "病休",
        "产假",
        "脱产学习",
        "长期事假",
    ),
    (("任教任职", "任职"), ("在校任教", "任教")),
)
HONOUR = CodeList(
    "honour",
    (
        "特级教师",
        "学科带头人",
        "教学能手",
        "骨干教师",
        "名师",
        "名校长",
        "教坛新秀",
        "模范教师",
        "优秀教师",
        "三坛教师",
    ),
    open_ended=True,
)
LEVEL = CodeList(
    "level",
    ("国家级", "省级", "市级", "县级", "校级"),
    (
        ("国家", "国家级"),
        ("省", "省级"),
        ("市", "市级"),
        ("区级", "县级"),
        ("县", "县级"),
        ("区", "县级"),
        ("学校", "校级"),
    ),
)
CIRCUMSTANCE = CodeList(
    "circumstance",
    (
        "孕期",
        "产假",
        "哺乳期",
        "重病",
        "残疾",
        "直系亲属重病",
        "子女无人接送",
        "领衔特色课程",
        "重大课题",
        "区级以上课题",
        "不能满负荷工作",
        "审计",
        "纪检审查",
        "涉嫌犯罪",
        "立案调查",
        "司法程序未结",
        "其他特殊情况",
    ),
    (("怀孕", "孕期"), ("妊娠", "孕期"), ("哺乳", "哺乳期"), ("重大疾病", "重病")),
    open_ended=True,
)
SANCTION = CodeList(
    "sanction",
    ("警告", "记过", "降低岗位等级", "撤职", "开除", "党内警告", "党内严重警告", "限制期"),
    open_ended=True,
)
APPRAISAL = CodeList(
    "appraisal", ("年度考核", "学年考核", "期满考核", "师德考核"), open_ended=True
)
GRADE = CodeList(
    "grade", ("优秀", "合格", "基本合格", "不合格", "称职", "基本称职", "不称职", "未定等次")
)
KINSHIP = CodeList("kinship", ("夫妻", "父母子女", "兄弟姐妹", "近姻亲", "其他"))
OBLIGATION = CodeList(
    "obligation",
    ("公费师范生", "特岗", "定向培养", "引进人才", "职称服务期", "荣誉服务期"),
    open_ended=True,
)
EXCHANGE_KIND = CodeList(
    "exchange_kind",
    ("定期交流", "轮岗", "支教", "跟岗", "挂职", "走教", "竞聘交流", "结对交流", "无"),
    open_ended=True,
)
BENEFIT = CodeList("benefit", ("骨干教师考核奖", "乡村教师补贴"), open_ended=True)
INCIDENT = CodeList(
    "incident",
    (
        "不服从安排",
        "严重失职",
        "屡次违规",
        "成绩连续或大幅下降",
        "工作不认真造成影响",
        "不服从安排造成影响",
        "违背师德",
        "违背师德造成影响",
        "体罚造成影响",
        "变相体罚造成影响",
        "引起严重不满",
        "旷工",
        "以钱代教",
        "表现突出",
    ),
    open_ended=True,
)
GRADE_TAUGHT = CodeList(
    "grade_taught",
    (
        "一年级",
        "二年级",
        "三年级",
        "四年级",
        "五年级",
        "六年级",
        "七年级",
        "八年级",
        "九年级",
    ),
    open_ended=True,
)
DISTANCE_BAND = CodeList("distance_band", ("近", "较近", "较远", "远"), open_ended=True)
TEST_TERM = CodeList("test_term", ("上学期", "下学期"))
WISH_KIND = CodeList("wish_kind", ("自愿申请", "留任意愿", "志愿", "对调", "申报职称"))
DECISION_KIND = CodeList("decision_kind", ("固定", "禁止", "例外批准", "认定", "不予认定"))
OPINION = CodeList("opinion", ("同意", "不同意"))
TABLE_NAME = CodeList(
    "table_name",
    (
        "任职经历",
        "荣誉",
        "情形",
        "处分",
        "考核",
        "测试成绩",
        "亲属",
        "服务期",
        "交流经历",
        "志愿",
        "待遇",
        "行为记录",
        "子女",
        "路程",
        "评分",
        "决定",
    ),
)
