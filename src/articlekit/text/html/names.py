"""What the names of elements (class, id, role) say about their content. In doubt nothing.

Names are written by people for people, so that words tell: a sidebar is called so. They are believed only
as far as `articlekit.text.html.content` finds them borne out by the text.
"""

from __future__ import annotations

import re

ASIDE_TAGS = frozenset({"nav", "footer", "aside", "menu", "form"})

# Words that say that an element stands beside the article, wherever they occur.
_ASIDE_WORD = re.compile(
    r"comment(?!ar|at)|related|relevant|recommend|(?<!with-)(?<!has-)(?<!no-)sidebar(?![-_]?(?:layout|content|page|main))|rightbar|leftbar|copyright|footer|breadcrumb|newsletter|"
    r"disclaimer|paginat|advert|sharebar|sharing|outbrain|taboola|qrcode|subscri|sponsor|promo(?!te)|navbox|"
    r"catlinks|reflist|masthead|friendlink|call-to-action|author-?(?:card|bio|box)|read-?more|"
    r"read-?next|most-?(?:read|popular|viewed)|trending|paywall|upsell|sign-?up|donat(?:e|ion)|gallery|credit(?!card|or|s?union)"
)
# The same for shorter words, which must stand alone between blanks, "-" and "_".
_ASIDE_PART = re.compile(
    r"(?:^|[\s_-])(?:cmt|repl(?:y|ies)|discuss\w*|foot|aside|relate|recom|rank\w*|nav|navbar|navigation|menu|"
    r"crumbs?|share|social\w*|toolbar|adv?s?|banner|login|popup|modal|cookies?|pager|topbar|cta|teasers?|excerpts?|hide\w*|entry-meta|post-meta)"
    r"(?=$|[\s_-])"
)
# And for words that say so only as a whole name.
_ASIDE_NAME = re.compile(
    r"(?:^|\s)(?:header|hots?|likes?|more|links?|tags?|keywords?|widget|next|prev|previous|print|download|bio|"
    r"author|statement|guess|interest|hidden|tips?|tools?|right|left|app|search|meta)(?=$|\s)"
)


def is_aside(names: str) -> bool:
    """Tell whether names say that an element stands beside the article.

    >>> is_aside("post-related clearfix"), is_aside("foot"), is_aside("football")
    (True, True, False)
    """
    return bool(_ASIDE_WORD.search(names) or _ASIDE_PART.search(names))


def is_weak_aside(names: str) -> bool:
    """Tell whether names say so in a way that holds for small elements only.

    >>> is_weak_aside("clearfix author"), is_weak_aside("with-author-name")
    (True, False)
    """
    return _ASIDE_NAME.search(names) is not None
