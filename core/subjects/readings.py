"""How Chinese names are read aloud: pinyin without tones, and initials.

Characters are read one by one (pypinyin's table, its most frequent reading), a surname by its reading as a
surname, and the polyphonic characters that names really use by every likely reading: a person who searches
*le* or *yue* finds 音乐 either way. The phrase dictionary of pypinyin is left out: it would cost every web
worker 44 MB, and a name is seldom a phrase.
"""

from __future__ import annotations

import os
import unicodedata
from functools import cache
from typing import NamedTuple

# Measured: 57 MB with phrases and the defensive copy, 13 MB without. Read by pypinyin when it is imported.
os.environ.setdefault("PYPINYIN_NO_PHRASES", "1")
os.environ.setdefault("PYPINYIN_NO_DICT_COPY", "1")

MAX_READINGS = 4


def _table(text: str) -> dict[str, tuple[str, ...]]:
    """Read ``单=shan 解=xie`` lines into character(s) → readings; a space inside a reading is a dot."""
    pairs = (entry.split("=") for entry in text.split())
    return {characters: tuple(readings.split("/")) for characters, readings in pairs}


# How a character is read when it opens a name of a person. Several readings: all are searched, the first is shown.
SURNAMES = _table(
    """
    单=shan 解=xie 仇=qiu 曾=zeng 查=zha 区=ou 盖=ge/gai 任=ren 华=hua 朴=piao/pu 宓=mi/fu 翟=zhai/di 缪=miao
    乐=yue/le 冼=xian 召=shao 员=yun 黑=he/hei 秘=bi 重=chong 瞿=qu 覃=qin/tan 晁=chao 郗=xi/chi 繁=po 折=she
    洗=xian 种=chong 尉=wei 祭=zhai/ji 逄=pang 车=che 谌=chen/shen 隗=wei/kui 褚=chu 薄=bo 柏=bai/bo 卜=bu
    宁=ning 能=nai 应=ying 占=zhan 纪=ji 燕=yan 葛=ge 曲=qu 句=gou 相=xiang 訾=zi 牟=mou/mu 那=na 阚=kan
    於=yu 隽=juan 钭=tou 恽=yun 曹=cao 都=du 长=chang 干=gan 教=jiao 藏=zang 贾=jia 沈=shen 石=shi 强=qiang
    朝=chao 行=xing 少=shao 幺=yao 适=kuo/shi 臧=zang 眭=sui 郝=hao 厘=li 撒=sa 角=jue 肖=xiao 不=fou 俞=yu
    令狐=ling.hu 尉迟=yu.chi 万俟=mo.qi 长孙=zhang.sun 澹台=tan.tai 单于=chan.yu 鲜于=xian.yu 宰父=zai.fu
    亓官=qi.guan 乐正=yue.zheng 夏侯=xia.hou 皇甫=huang.fu 濮阳=pu.yang 尔朱=er.zhu 呼延=hu.yan 欧阳=ou.yang
    """,
)

# Characters with more than one living reading elsewhere in a name.
POLYPHONES = _table(
    """
    乐=le/yue 行=xing/hang 重=chong/zhong 长=chang/zhang 朝=chao/zhao 都=du/dou 曾=zeng/ceng 单=dan/shan 调=diao/tiao
    藏=cang/zang 参=can/shen 弹=dan/tan 还=huan/hai 降=jiang/xiang 觉=jue/jiao 卡=ka/qia 落=luo/la 率=lv/shuai 没=mei/mo
    模=mo/mu 便=bian/pian 强=qiang/jiang 塞=sai/se 厦=sha/xia 盛=sheng/cheng 石=shi/dan 宿=su/xiu 提=ti/di 省=sheng/xing
    系=xi/ji 校=xiao/jiao 血=xue/xie 着=zhe/zhao 种=zhong/chong 薄=bo/bao 埔=pu/bu 柏=bai/bo 蔓=man/wan 奇=qi/ji
    茜=qian/xi 莎=sha/suo 蔚=wei/yu 莞=guan/wan 娜=na/nuo 浒=xu/hu 圩=wei/xu 阿=a/e 贾=jia/gu 堡=bao/bu/pu 差=cha/chai
    车=che/ju 恶=e/wu 佛=fo/fu 谷=gu/yu 桧=gui/hui 角=jiao/jue 解=jie/xie 劲=jin/jing 壳=ke/qiao 勒=le/lei 了=le/liao
    绿=lv/lu 露=lu/lou 缪=miao/mou 屏=ping/bing 曝=pu/bao 什=shi/shen 似=si/shi 熟=shu/shou 吓=xia/he 扎=zha/za
    粘=zhan/nian 仔=zi/zai 女=nv/nu 吕=lv/lu 律=lv/lu 旅=lv/lu 略=lve/lue 驴=lv/lu 会=hui 传=chuan
    """,
)


@cache
def readings_of(character: str) -> tuple[str, ...]:
    """Return the likely readings of one character, best first; empty when it is not read in pinyin.

    ü is written v, as it is typed.
    """
    listed = POLYPHONES.get(character)
    if listed is not None:
        return listed
    from pypinyin.constants import PINYIN_DICT  # noqa: PLC0415 (13 MB, only for who reads names)

    known = PINYIN_DICT.get(ord(character))
    return (_without_tone(known.split(",")[0]),) if known else ()


def _without_tone(syllable: str) -> str:
    bare = unicodedata.normalize("NFD", syllable.replace("ü", "v"))
    for tone in "\u0300\u0301\u0304\u030c\u0302":
        bare = bare.replace(tone, "")
    bare = unicodedata.normalize("NFC", bare)
    return bare.replace("ü", "v").replace("ê", "e")


def syllables(name: str, *, person: bool = False) -> list[tuple[str, ...]]:
    """Return the readings of each character of a matching key; a run of Latin letters or digits reads itself.

    `person`: the first character (or two) is read as a surname.
    """
    spoken: list[tuple[str, ...]] = []
    rest = name
    if person:
        for length in (2, 1):
            surname = SURNAMES.get(name[:length]) if len(name) > length or length == 1 else None
            if surname:
                spoken.extend(zip(*(reading.split(".") for reading in surname), strict=True))
                rest = name[length:]
                break
    latin = ""
    for character in rest:
        if character.isascii():
            if character.isalnum():
                latin += character
            continue
        if latin:
            spoken.append((latin,))
            latin = ""
        readings = readings_of(character)
        if readings:
            spoken.append(readings)
    if latin:
        spoken.append((latin,))
    return spoken


class Reading(NamedTuple):
    """One way to read a name: its syllables, the whole without spaces or tones, and the initials."""

    syllables: tuple[str, ...]
    pinyin: str
    initials: str


def readings(name: str, *, person: bool = False) -> list[Reading]:
    """Return up to four readings of a matching key, the best first: 曾乐 → zengle, zengyue (zl, zy).

    The others differ from the best in one character each. Empty when nothing in the name can be read.
    """
    spoken = syllables(name, person=person)
    if not spoken:
        return []
    best = tuple([choices[0] for choices in spoken])
    found = [_reading(best)]
    for place, choices in enumerate(spoken):
        for other in choices[1:]:
            if len(found) < MAX_READINGS:
                found.append(_reading((*best[:place], other, *best[place + 1 :])))
    return found


def _reading(chosen: tuple[str, ...]) -> Reading:
    return Reading(chosen, "".join(chosen), "".join([syllable[0] for syllable in chosen]))
