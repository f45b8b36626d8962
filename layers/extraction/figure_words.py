"""The words that stand around figures: units, years, measures, verbs before and behind a number.

Everything is a compiled pattern over one sentence of a plan. A clause runs to the next comma; what
stands left of a number in it says what is measured, what stands right of it says what is counted.
"""

from __future__ import annotations

import re

_SCALE = r"(?:万亿|千亿|百亿|亿|千万|百万|万|千)?"
_BASES = (
    r"元|美元|欧元|吨标准煤|吨|公斤|斤|平方米|平方公里|立方米|公里|亩|公顷|千瓦时|千瓦|兆瓦|吉瓦|"
    r"重量箱|箱|头|只|辆|台（套）|台|套|艘|架|条|座|件|户（次）|户次|户|人次|人|家次|家|项|个百分点|个|种|名|位|所|"
    r"场次|场|倍|％|%"
)
_UNIT = _SCALE + "(?:" + "|".join(sorted(_BASES.split("|"), key=len, reverse=True)) + ")"
FIGURE = re.compile(
    r"(?<![0-9０-９A-Za-zＡ-Ｚａ-ｚ.．,第前-])"
    r"(?P<number>[0-9０-９]+(?:,[0-9]{3})*(?:[.．][0-9０-９]+)?)\s*(?P<many>多|余)?\s*"
    rf"(?:(?P<unit>{_UNIT})(?P<over>及?以[上下内]|左右)?(?!级|型|[/／]))"
)
RATIO = re.compile(r"(?P<number>[0-9]+(?:\.[0-9]+)?)(?P<unit>[∶:：][0-9]+(?:\.[0-9]+)?)(?![0-9])")
RANK = re.compile(r"第(?P<number>[0-9]+)(?P<unit>位|名)")
SCORE = re.compile(
    r"(?:指数|得分|评分|系数)(?:为|达到?|是)?(?P<number>[0-9]+(?:\.[0-9]+)?)(?P<unit>)(?![0-9％%])"
)

COUNTED = re.compile(
    r"(?:万|千)?(?:户（次）|户次|户|人次|人|家次|家|项|个|种|名|位|所|场次|场|件|台（套）|台|套|辆|艘|架|条|座|只|头)$"
)
"""Units of things that are counted: their noun may stand behind them (`5个重点园区`)."""
LAND = re.compile(r"(?:亩|公顷|平方米|平方公里|公里)$")
RATE = re.compile(r"%|个百分点|倍")

YEAR = re.compile(
    r"(?P<year>(?:19|20)[0-9]{2})年|“\s*(?P<plan>十五|十一五|十二五|十三五|十四五|十五五)\s*”"
)
PLAN_ENDS = {
    "十五": 2005,
    "十一五": 2010,
    "十二五": 2015,
    "十三五": 2020,
    "十四五": 2025,
    "十五五": 2030,
}
THOUSANDS = re.compile(r"[0-9],[0-9]{3}(?![0-9])")
COMPARED = re.compile(r"(?:比|较|与|同|自|从|相当于|[^整改]是)\s*$")
"""What makes a year behind it the year of a comparison or of a beginning."""
TITLE = re.compile(r"《[^》]*》|〔[^〕]*〕|（[^）]*[0-9]{4}[^）]*）")
NOW = re.compile(r"目前|迄今|至今|现有")

_YEAR_WORDS = (
    r"(?<![比较与同])(?:(?<![高加整降升少长大展低])[到至]|在|由|从|自)?(?:19|20)[0-9]{2}年(?:[0-9]{1,2}月)?"
    r"(?:年?底|年?末|初|前[一二三]个?季度|上半年)?(?:以来|起)?的?|"
    r"(?<![比较与同是为])“\s*(?:十五|十[一二三四五]五)\s*”\s*(?:期间|时期|期末|末)?|近[一二三四五]年|[一二三四五六]年(?=累计)|目前的?|"
    r"连续[0-9一二三四五六七八九十]+年"
)
YEAR_WORDS = re.compile(_YEAR_WORDS)
LEAD = re.compile(
    r"^(?:[，、,；：:\-—－]|其中|同时|此外|另外|全年|当年|今年|去年|预期|预计|力争|争取|努力|确保|计划|累计|截至目前|目前|截至|"
    r"到期末|期末|已经|已|共有|共|总计|合计|将|并|还|以及|和(?!田|政|顺|县|静|硕|平|林)|与|及|有|在|到|至|使)+"
)

LEVEL = re.compile(
    r"(?:力争|预期|预计|争取|累计|将|已经?|分别|最终|连续(?:[一二三四五六七八九十]+年)?|均|都|约|再|总计|共计)*"
    r"(?:达到|已达|达|超过|超|突破|不低于|不少于|不超过|累计|总计|合计|控制在|保持在|稳定在|完成|实现|(?:增加|提高|增长|上升|扩大|发展|增)[到至]|"
    r"(?:下降|降低|减少|降)[到至]|调整[为到至]|为|是|约|近|至|到)(?:了|到|至|约|近)*$"
)
"""A verb that ends at the number: what stands before it is measured."""
GROWTH = re.compile(
    r"(?P<what>(?:[比较](?!例|重)[^，。；、]{2,14}?)?(?:年均|平均|年平均|同比|环比|累计|分别|再)*"
    r"(?:增长|递增|下降|降低|提高|增加|减少|上升|提升)|年均|(?:高于|低于|快于|领先)[^，。；]{0,14})"
    r"(?:了|约|近|超过|超)*$"
)
SHARE = re.compile(r"(?:占|完成)(?!比|有率|地面积)[^，。；占]{2,}$")
TIMES = re.compile(r"(?:是|为|相当于)(?P<what>[^，。；]{2,12})的$")
RANKED = re.compile(
    r"^(?P<subject>.*?)(?:在[^，。；]*中)?(?P<measure>(?:排名?|位居|位列|居)(?:全国|全省|世界|全球)?)$"
)

_MEASURES = (
    r"(?:工业|农业|年度|累计|总|固定资产|民间|项目|计划|建设|研发|技改|科技)*(?:固定资产|产业)?投资(?:额|总额)?|"
    r"增加值|总产值|产值|地区生产总值|生产总值|主营业务（[^）]*）收入|主营业务收入|营业收入|销售收入|业务收入|财政收入|收入|"
    r"利润总额|利润|税金|利税|税收|年?产量|产销|年?产能|签约额|销售额|交易额|成交额|成交金额|进出口总额|出口额|进出口额|"
    r"研发经费|研发投入|R&D经费|经费支持|经费总额|经费|资金|总额|额度|比重|比例|占比|占有率|普及率|覆盖率|数字化率|数控化率|应用率|产值率|"
    r"资产负债率|(?:城镇)?(?:登记|调查)?失业率|生产率|合格率|达标率|入学率|参保率|利用率|贡献率|贡献|转化率|就业率|自给率|配套率|机械化率|(?:城镇|城市|信息|智能|自动|国产|市场|本地|工业|水利|绿)化率|投入强度|强度|能力|万元[^，。；]{2,8}能耗|单位[^，。；]{2,12}能耗|能耗|"
    r"用水量|年?发电量|用电量|排放量|专利申请量|申请量|授权量|拥有量|使用量|吞吐量|总量|得分|(?:孵化|规划|建筑|占地|种植|播种)?总?面积|总数|数量|户数|家数|个数|"
    r"[^，。；、]{0,4}综合指数|指数|系数|规模|水平|降幅|增幅|增速|人数|里程|装机容量|装机|容量|直接效益|经济效益|人才总量"
)
MEASURE = re.compile(rf"(?:{_MEASURES})$")
MEASURE_IN = re.compile(rf"^[^，。；]*?(?:{_MEASURES})")
_DOING = (
    r"力争|争取|计划|规划|累计|超额|完成|实现|培育|培养|重点(?=推进|扶持|支持|建设|发展|培育|打造|实施)|推进|推动|扶持|支持|加快|打造|形成|兑现|获得|获(?!奖|批)|引进|开发|认定|推广|"
    r"建设|建成|组织|实施|开展|争创|创建|组建|壮大|发展|拥有|共有|新增加的?|安排|投入|筹措|设立|选派|确保|保持|达到|带动|吸引|集聚"
)
OPENING = re.compile(rf"^(?:(?:{_DOING})(?:了|和|、|并)*)+(?=[一-鿿“]{{2}})")
INNER = re.compile(
    r"^(?P<subject>[^，。；]{2,}?)(?:累计|共|已|预期|力争|计划)*(?:实现|完成|拥有|共有|集聚(?!区|发展|地|度|带|效应)|获得|享受|产生|创造|获批|吸引)了?"
    r"(?P<measure>[^，。；]{2,})$"
)
NEW = re.compile(
    r"新(?:注册成立|注册|成立|组建|建成|建|增|形成|吸纳|认定|开工|开发|引进|签约|获批|培育)(?=了?[一-鿿“]|$)"
)
BARE_VERB = re.compile(
    r"^(?P<subject>.*?)(?:累计|共|已)*(?P<measure>(?:开工|竣工|投产|建成投产|立项|授奖|签约|落地|新增|上市|中标)+)$"
)
WITH_OTHERS = re.compile(r"(?:与|同|和)[^，。；]{2,12}?(?:合作|联合)")
TRAIL = re.compile(r"(?:确定|提出|规定|要求|预期|预计|力争|争取|计划|累计|超额|分别|也|均|则)+$")
PRODUCED = re.compile(r"产销|产量|产能|销量|年产|.*能力")
INSTITUTE = re.compile(
    r"(?:学校|院校|院|所|大学|高校|高等学校|机构|中心|幼儿园|实验室)(?:$|[^一-鿿])"
)
SHARED = re.compile(r"(?:成功)?(?:入选|获批|获得|获|列入|进入|通过|成为).{2,}$|获批$")
WORLD = re.compile(r"(?:面临|国内外|国际|外部).*(?:形势|环境|机遇|挑战)|^(?:形势|挑战|机遇)")
"""Headings of paragraphs that tell of the world around the region, not of the plan's figures."""
EXCEPT = re.compile(r"^若?(?:扣除|剔除|不含)[^，。；]+$")

HAS = re.compile(r"(?<![拥占具所持享没中])(?:现|共|总共|已|已经|还|仅)*有$")
EACH = re.compile(r"(?:均|都)[^，。；]*$")
TASK = re.compile(r"(?:项目|工程|任务|行动|举措|措施)$")
"""What a plan lists itself: their count leads in the list or closes it."""
INVESTED = re.compile(
    r"(?:项目|工程)?[。，；,]?\s*(?:该?项目)?(?:计划|预计|估算|概算)*(?:总投资|投资)[^。；]*"
)
"""What stands between a project's name and a figure of that project."""

CAPACITY = re.compile(
    r"^的?(?P<noun>[^，。；、的]{0,12}?)的?(?P<measure>(?:年)?(?:生产|加工|制造|处理|吞吐)?(?:能力|规模|产能))"
)
YEARLY = re.compile(r"年(?:产(?![值量能出业])|加工|处理)(?P<noun>[^，。；、]*)$")
ROUND = re.compile(r"^的?(?:规模|大关|水平|(?:预期|规划)?目标)")
AIM = re.compile(r"^的(?P<aim>(?:预期|规划|既定)?目标)")
CONDITION = re.compile(r"^(?:[、，]?[^，。；]{0,24}的|[一-鿿“])")
GOES_ON = re.compile(
    r"^(?:并|且|但|而|以[上下]|左右|(?:增加|提高|调整|上升|下降|降低|降|扩大|增长|发展|减少|优化)[到至为])"
)

OTHER_AREA = re.compile(r"(?:县（市）|县|市|区|乡镇|村|（市）)的")
NOT_COUNTED = re.compile(
    r"^.{0,2}(?:产业)?集群$|^(?:方面|环节|领域|层面)|(?:产业|领域|方面|环节|指标|加工业|产业链|阶段|层次|城市|地区|百分点|季度|月|工作日|批次|角度|步骤|原则)$"
)
CLASSES = re.compile(r"(?:类|型|系列|规格|以上|以下)$")
OWN_CLASS = re.compile(
    r"^(?P<kind>[^的]*(?:类|型|系列|规格))的(?:上?[百千万]+[种个])?(?P<head>.{2,})$"
)
CHAIN = re.compile(
    rf"^(?:[^。；]*?[，、和][0-9]+{_UNIT}[^。；]*?)?的(?:上?[百千万]+[种个])?(?P<head>[一-鿿“”]{{2,12}})"
)
NEXT_COUNT = re.compile(r"(?:和|与|及|以及|、)(?=[0-9])")
PREDICATE = re.compile(
    r"深入|提供|预期|预计|中(?:排名?|有)|[中有]$|发展步伐|分别|潜力|形成以|以$|(?:提档)?(?:升级改造|建设|改造|创建)$"
)
RANGE = re.compile(r"\s*[-－—–~～至][0-9]")
IN_RANGE = re.compile(r"[0-9％%][^，。；0-9]{0,3}[-－—–~～至]$")
"""A number of a range, which is not one value."""
MORE_VALUES = re.compile(r"(?:以[上下]|左右)?[、和与及][0-9]")
UNTIL = "截[至止]到?{year}年"
"""`截至2019年底`: a look back, in whatever year the plan begins."""
