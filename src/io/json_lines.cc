// Lines of values. simdjson keeps two things that are in the order of the text: where each
// of its tokens begins, and the tape, which has a place for each token but commas and
// colons, and two for a number. One walk over both gives each place its line.
#include "io/json_doc.h"

#include <cstring>

extern "C" {
#include "io/marks.h"
}

namespace
{

// Asked for places that only grow. A newline is never inside of a token.
class counted
{
  public:
    explicit counted(str text) : text_(text), next_(find(0))
    {
    }
    uint64_t line(size_t at)
    {
        for (; next_ < at; next_ = find(next_ + 1))
            line_++;
        return line_;
    }

  private:
    size_t find(size_t from) const
    {
        const void *p = memchr(text_.p + from, '\n', text_.n - from);

        return p ? static_cast<size_t>(static_cast<const char *>(p) - text_.p) : text_.n;
    }
    str text_;
    size_t next_;
    uint64_t line_ = 1;
};

class marked
{
  public:
    explicit marked(const struct marks *marks) : marks_(marks)
    {
    }
    uint64_t line(size_t at)
    {
        while (next_ < marks_->len && marks_->at[next_].at <= at)
            next_++;
        return next_ ? marks_->at[next_ - 1].line : 0;
    }

  private:
    const struct marks *marks_;
    size_t next_ = 0;
};

// How many places of the tape a token has that begins with c.
size_t places(char c)
{
    return c == ',' || c == ':' ? 0 : c == '-' || (c >= '0' && c <= '9') ? 2 : 1;
}

void make_room(json_doc *doc, size_t n)
{
    if (n > doc->lines_cap) {
        doc->lines = static_cast<uint32_t *>(mem_resize(doc->lines, n * sizeof(uint32_t)));
        doc->lines_cap = n;
    }
}

template <typename Lines> void keep(json_doc *doc, str text, Lines lines)
{
    const auto &tokens = *doc->parser.implementation;
    size_t at = 1; // the first place is that of the document

    make_room(doc, 2 * static_cast<size_t>(tokens.n_structural_indexes) + 1);
    for (uint32_t i = 0; i < tokens.n_structural_indexes; i++) {
        size_t begin = tokens.structural_indexes[i], n = places(text.p[begin]);

        if (n)
            doc->lines[at] = static_cast<uint32_t>(lines.line(begin));
        at += n;
    }
    doc->lines_len = at;
}

// As json_parse has passed over it.
str without_mark(str text)
{
    return str_starts(text, S("\xef\xbb\xbf")) ? str_from(text, 3) : text;
}

} // namespace

int json_parse_lines(json_doc *doc, str text, json *root, err *err)
{
    int r = json_parse(doc, text, root, err);

    if (r == 0) {
        text = without_mark(text);
        keep(doc, text, counted(text));
    }
    return r;
}

int json_parse_marked(json_doc *doc, str text, const struct marks *marks, json *root,
                      err *err)
{
    int r = json_parse(doc, text, root, err);

    if (r == 0)
        keep(doc, without_mark(text), marked(marks));
    return r;
}

uint64_t json_line(json v)
{
    auto document = static_cast<const simdjson::dom::document *>(v.doc);
    auto doc = static_cast<const json_doc *>(document);

    return doc && v.at < doc->lines_len ? doc->lines[v.at] : 0;
}
