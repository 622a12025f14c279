"""Names of people from many scripts, each with the spelling that its e-mail address takes."""

from __future__ import annotations

from dataclasses import dataclass

from workable_elt.simulator.records import Place


@dataclass(frozen=True, slots=True)
class Culture:
    """Names and places of one part of the world; a name is (as written, in Latin letters)."""

    firsts: tuple[tuple[str, str], ...]
    lasts: tuple[tuple[str, str], ...]
    dial: str
    weight: int
    places: tuple[Place, ...]


def _names(text: str) -> tuple[tuple[str, str], ...]:
    """Read "Written:latin" pairs; a plain word is its own Latin form, lower-cased."""
    pairs = []
    for word in text.split():
        written, _, latin = word.replace("_", " ").partition(":")
        pairs.append((written, latin or "".join(c for c in written.lower() if c.isascii())))
    return tuple(pairs)


def _places(*rows: tuple[str, str, str, str, str, str, float, float]) -> tuple[Place, ...]:
    return tuple(Place(*row) for row in rows)


CULTURES: tuple[Culture, ...] = (
    Culture(
        firsts=_names(
            "Emma Olivia Noah Liam Grace Jack Amelia Harry Isla Oscar Zoë:zoe Chloé:chloe "
            "Siobhán:siobhan Seán:sean Aoife Niamh Mary-Jane:maryjane"
        ),
        lasts=_names(
            "Smith Jones O'Brien:obrien O'Neill:oneill Taylor Walsh Byrne Kelly Clarke Wright "
            "Hughes Fitzgerald McCarthy:mccarthy Doyle Smith-Barnes:smithbarnes Lynch"
        ),
        dial="+44",
        weight=26,
        places=_places(
            ("London", "Greater London", "LND", "United Kingdom", "GB", "EC1A 1BB", 51.51, -0.13),
            ("Dublin", "Leinster", "L", "Ireland", "IE", "D02 XY45", 53.35, -6.26),
            ("Boston", "Massachusetts", "MA", "United States", "US", "02110", 42.36, -71.06),
            ("Austin", "Texas", "TX", "United States", "US", "73301", 30.27, -97.74),
        ),
    ),
    Culture(
        firsts=_names(
            "Γιώργος:giorgos Μαρία:maria Νίκος:nikos Ελένη:eleni Κώστας:kostas Σοφία:sofia "
            "Δημήτρης:dimitris Άννα:anna Χρήστος:christos Κατερίνα:katerina"
        ),
        lasts=_names(
            "Παπαδόπουλος:papadopoulos Νικολάου:nikolaou Οικονόμου:oikonomou Βασιλείου:vasileiou "
            "Γεωργίου:georgiou Δημητρίου:dimitriou Αγγελόπουλος:angelopoulos Καραγιάννη:karagianni"
        ),
        dial="+30",
        weight=14,
        places=_places(
            ("Athens", "Attica", "I", "Greece", "GR", "105 57", 37.98, 23.73),
            ("Θεσσαλονίκη", "Macedonia", "B", "Greece", "GR", "546 24", 40.64, 22.94),
        ),
    ),
    Culture(
        firsts=_names(
            "Jürgen:juergen Käthe:kaethe Lukas Anna Björn:bjoern Søren:soeren Åsa:asa Łukasz:lukasz "
            "François:francois Zuzana João:joao Inês:ines José:jose María:maria Çağla:cagla Émile:emile"
        ),
        lasts=_names(
            "Müller:mueller Groß:gross Schäfer:schaefer Ångström:angstroem Ødegård:oedegaard "
            "Dvořák:dvorak Wałęsa:walesa Lefèvre:lefevre D'Angelo:dangelo Núñez:nunez "
            "Gonçalves:goncalves Yılmaz:yilmaz van_der_Berg:vanderberg de_la_Cruz:delacruz Šimić:simic"
        ),
        dial="+49",
        weight=22,
        places=_places(
            ("München", "Bayern", "BY", "Germany", "DE", "80331", 48.14, 11.58),
            ("Bruxelles", "Brussels", "BRU", "Belgium", "BE", "1000", 50.85, 4.35),
            ("São Paulo", "São Paulo", "SP", "Brazil", "BR", "01310-100", -23.55, -46.63),
            ("Malmö", "Skåne", "M", "Sweden", "SE", "211 20", 55.6, 13.0),
        ),
    ),
    Culture(
        firsts=_names(
            "محمد:mohammed فاطمة:fatima أحمد:ahmed ليلى:layla يوسف:youssef مريم:maryam عمر:omar"
        ),
        lasts=_names(
            "الخطيب:alkhatib حداد:haddad منصور:mansour السيد:alsayed عبد_الله:abdullah نجار:najjar"
        ),
        dial="+971",
        weight=7,
        places=_places(
            ("دبي", "Dubai", "DU", "United Arab Emirates", "AE", "00000", 25.2, 55.27),
            ("Cairo", "Cairo", "C", "Egypt", "EG", "11511", 30.04, 31.24),
        ),
    ),
    Culture(
        firsts=_names("太郎:taro 花子:hanako 翔太:shota さくら:sakura 健一:kenichi 美咲:misaki"),
        lasts=_names(
            "佐藤:sato 鈴木:suzuki 高橋:takahashi 田中:tanaka 渡辺:watanabe 小林:kobayashi"
        ),
        dial="+81",
        weight=6,
        places=_places(("東京", "Tokyo", "13", "Japan", "JP", "100-0001", 35.68, 139.69)),
    ),
    Culture(
        firsts=_names("민준:minjun 서연:seoyeon 지훈:jihoon 하은:haeun 도윤:doyoon"),
        lasts=_names("김:kim 이:lee 박:park 최:choi 정:jung"),
        dial="+82",
        weight=4,
        places=_places(("서울", "Seoul", "11", "South Korea", "KR", "04524", 37.57, 126.98)),
    ),
    Culture(
        firsts=_names(
            "Иван:ivan Ольга:olga Дмитро:dmytro Наталія:nataliia Алексей:alexey Юлия:yulia Стоян:stoyan"
        ),
        lasts=_names(
            "Иванов:ivanov Шевченко:shevchenko Петров:petrov Коваленко:kovalenko Соколова:sokolova"
        ),
        dial="+380",
        weight=7,
        places=_places(
            ("Київ", "Kyiv", "30", "Ukraine", "UA", "01001", 50.45, 30.52),
            ("София", "Sofia", "22", "Bulgaria", "BG", "1000", 42.7, 23.32),
        ),
    ),
    Culture(
        firsts=_names("דוד:david שרה:sarah יוסי:yossi נועה:noa איתי:itai"),
        lasts=_names("כהן:cohen לוי:levi מזרחי:mizrahi פרץ:peretz ביטון:biton"),
        dial="+972",
        weight=4,
        places=_places(("תל אביב", "Tel Aviv", "TA", "Israel", "IL", "61000", 32.09, 34.78)),
    ),
    Culture(
        firsts=_names("สมชาย:somchai สุดา:suda นภา:napa อนุชา:anucha"),
        lasts=_names("ใจดี:jaidee ศรีสุข:srisuk แก้วมณี:kaewmanee ทองดี:thongdee"),
        dial="+66",
        weight=3,
        places=_places(("กรุงเทพฯ", "Bangkok", "10", "Thailand", "TH", "10110", 13.76, 100.5)),
    ),
    Culture(
        firsts=_names("Priya Arjun Ananya Rohan Sunita Wei:wei Xiaoming:xiaoming 小明:xiaoming"),
        lasts=_names("Sharma Iyer Patel Reddy Chen:chen 王:wang 陈:chen Nguyễn:nguyen"),
        dial="+91",
        weight=7,
        places=_places(
            ("Bengaluru", "Karnataka", "KA", "India", "IN", "560001", 12.97, 77.59),
            ("Singapore", "Singapore", "SG", "Singapore", "SG", "018956", 1.35, 103.82),
        ),
    ),
)

EMAIL_HOSTS = ("mail.example", "inbox.example", "post.example", "correo.example", "web.example")
