"""Texts that candidates, members and jobs are made of, in several scripts."""

from __future__ import annotations

from workable_elt.simulator.records import (
    EducationEntry,
    ExperienceEntry,
    FormField,
    SocialProfile,
    Source,
)

HEADLINES = (
    "Data person who ships",
    "Μηχανικός λογισμικού με αγάπη για τα δεδομένα",
    "Ingeniera de software · Madrid ↔ remote",
    "プロダクトデザイナー",
    "Sales leader, 10+ years",
    "Bridging people & machines 🤖",
    "مهندس برمجيات",
    'QA – "break it before they do"',
    None,
    None,
)
SUMMARIES = (
    "Eight years in B2B software.\nLooking for a calm team.",
    "Ich habe Systeme gebaut, die nachts schlafen lassen.",
    "Я люблю складні проблеми і прості рішення.",
    "Dedicated, punctual; references on request.",
    None,
    None,
)
COVER_LETTERS = (
    "Dear team,\n\nI have followed Northlight for years…",
    "Καλησπέρα σας,\nσας στέλνω το βιογραφικό μου.",
    "안녕하세요. 지원합니다.",
    None,
    None,
    None,
)
COMMENTS = (
    "Strong CV, let's talk.",
    "Good communication, <b>weak SQL</b>.",
    "Ευχάριστη συνέντευξη, να προχωρήσουμε.",
    "Left a voicemail; will try again on Monday",
    "Asks for more than our band 😬",
    "C'est un oui pour moi.",
    "Needs a visa; legal is looking into it",
)
PRIVATE_COMMENTS = (
    "Confidential: former manager was not satisfied",
    "Do not share: is in a dispute with a present employer",
    "Expects a counter offer",
)
MESSAGES = (
    "Hello, would you have half an hour this week?",
    "Dear candidate, thank you for your time yesterday.",
    "Γεια σας, θα θέλαμε να σας γνωρίσουμε.",
    "We need your availability for the next round.",
)
THANK_YOU = "Thank you for your application. We have received it."
RATING_NOTES = ("Clear thinker", "Μέτριος", "Would hire", "Not for this level", None)
SKILL_SETS: tuple[tuple[str, ...], ...] = (
    ("Python", "SQL"),
    ("Negotiation", "CRM", "Español"),
    ("C++", "ROS", "制御工学"),
    ("Figma",),
    (),
    ("Excel", "Λογιστική"),
)
EDUCATIONS: tuple[tuple[EducationEntry, ...], ...] = (
    (),
    (
        EducationEntry(
            "Trinity College Dublin", "BSc", "Computer Science", "2010-09-01", "2014-06-30"
        ),
    ),
    (
        EducationEntry(
            "Εθνικό Μετσόβιο Πολυτεχνείο", "MEng", "Robotics", "2008-09-01", "2013-07-01"
        ),
        EducationEntry("École 42", None, None, "2014-01-01", None),
    ),
    (EducationEntry("東京大学", "修士", "工学", "2012-04-01", "2014-03-31"),),
)
EXPERIENCES: tuple[tuple[ExperienceEntry, ...], ...] = (
    (),
    (
        ExperienceEntry(
            "Engineer", "Brightwater GmbH", "Software", "Built things", "2016-01-01", None, True
        ),
    ),
    (
        ExperienceEntry("Account Executive", "Möbius & Co", None, None, "2019-05-01", None, True),
        ExperienceEntry("SDR", "Cloudless", "Internet", None, "2016-02-01", "2019-04-01", False),
    ),
    (ExperienceEntry("Designer", None, None, "Freelance", "2015-01-01", "2020-01-01", False),),
)
SOCIALS: tuple[tuple[SocialProfile, ...], ...] = (
    (),
    (),
    (SocialProfile("linkedin", "LinkedIn", "someone", "https://linkedin.example/in/someone"),),
    (
        SocialProfile("github", "GitHub", "octo", "https://github.example/octo"),
        SocialProfile("twitter", "Twitter", None, "https://twitter.example/octo"),
    ),
)
TAG_SETS: tuple[tuple[str, ...], ...] = (
    ("silver medalist",),
    ("remote", "urgent"),
    ("διαθέσιμος",),
    ("React", "React ", "react"),
    ("visa needed",),
)

_BOARDS = "Job boards"
_MARKETING = "Company marketing"
SOURCES: tuple[tuple[int, Source], ...] = (
    (30, Source("linkedin.com", None, "linkedin.com", _BOARDS)),
    (22, Source("indeed.com", None, "indeed.com", _BOARDS)),
    (16, Source(None, None, "Careers page", _MARKETING)),
    (5, Source("glassdoor.com", None, "glassdoor.com", _BOARDS)),
    (4, Source("search", None, "Google", _MARKETING)),
    (4, Source("kariera.gr", None, "kariera.gr", _BOARDS)),
    (3, Source("internal_application", "employee_portal", "Internal", "Internal")),
    (3, Source(None, "SPI", "API", "Other")),
    (4, Source(None, None, "Unknown", "Other")),
)
SOURCED_FROM: tuple[tuple[int, Source], ...] = (
    (6, Source("linkedin.com", None, "linkedin.com", "Sourced")),
    (2, Source(None, None, "People Search", "Sourced")),
    (1, Source(None, None, "Uploaded", "Sourced")),
)
COPIED = Source(None, None, "Copied from another job", "Sourced")
RECOMMENDED = Source("recruiter", None, "Quist Search", "Agencies")

FORM_FIELDS: tuple[FormField, ...] = (
    FormField("headline", "Headline", "string", False, max_length=127),
    FormField("phone", "Phone", "string", True, max_length=255),
    FormField("address", "Address", "string", False, max_length=255),
    FormField(
        "education",
        "Education",
        "complex",
        False,
        fields=(
            FormField("school", "School", "string", True),
            FormField("degree", "Degree", "string", False),
            FormField("start_date", "Start date", "date", False),
        ),
    ),
    FormField(
        "experience",
        "Experience",
        "complex",
        False,
        fields=(
            FormField("title", "Title", "string", True),
            FormField("company", "Company", "string", False),
            FormField("current", "I work here now", "boolean", False),
        ),
    ),
    FormField("summary", "Summary", "free_text", False),
    FormField(
        "resume",
        "Résumé",
        "file",
        True,
        supported_file_types=("pdf", "doc", "docx"),
        max_file_size=5_242_880,
    ),
    FormField("cover_letter", "Cover letter", "free_text", False),
)
