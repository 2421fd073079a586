#include "tests/hostile/hostile.h"

#include <algorithm>
#include <initializer_list>

namespace offprint::hostile {
namespace {

using std::size_t;
using std::string;
using std::string_view;
using namespace std::string_view_literals;

// One after the other. (GCC 12 warns, wrongly, of literal + string.)
string join(std::initializer_list<string_view> parts) {
  string s;
  for (string_view part : parts) s += part;
  return s;
}

string repeat(string_view what, size_t bytes) {
  string s;
  s.reserve(bytes + what.size());
  while (s.size() < bytes) s += what;
  return s;
}

// Half of one, then half of the other.
string halves(string_view one, string_view two, size_t bytes) {
  return join({repeat(one, bytes / 2), repeat(two, bytes / 2)});
}

string numbered(string_view before, string_view after, size_t bytes) {
  string s;
  s.reserve(bytes + 64);
  for (size_t i = 0; s.size() < bytes; ++i) {
    s += before;
    s += std::to_string(i);
    s += after;
  }
  return s;
}

// Bytes without order, the same on every machine.
string noise(size_t bytes, unsigned low, unsigned high) {
  string s(bytes, '\0');
  unsigned long long state = 0x9E3779B97F4A7C15u;
  for (char& c : s) {
    state = state * 6364136223846793005u + 1442695040888963407u;
    c = static_cast<char>(low + (state >> 33) % (high - low + 1));
  }
  return s;
}

string in_utf16(string_view ascii, bool big_endian) {
  string s = big_endian ? "\xFE\xFF" : "\xFF\xFE";
  s.reserve(ascii.size() * 2 + 2);
  for (char c : ascii) {
    if (big_endian) s += '\0';
    s += c;
    if (!big_endian) s += '\0';
  }
  return s;
}

string declared(string_view charset, string_view what, size_t bytes) {
  return join({"<!DOCTYPE html><meta charset=", charset, "><p>", repeat(what, bytes)});
}

string json_ld(string_view inside) {
  return join({"<!DOCTYPE html><script type=\"application/ld+json\">", inside, "</script><p>text</p>"});
}

constexpr string_view sentence =
    "The council met on Tuesday to hear what the engineers had found under the bridge. ";

constexpr string_view plea = "<p>Please donate $5 a month to keep our journalism free.</p><h3>Support our work</h3><p>Please donate today. We need your help to keep going.</p><a href=/donate>Donate now</a>";

#define REPEAT(name, what)                                          \
  {                                                                 \
    name, Shape::html, [](size_t n) { return repeat(what##sv, n); } \
  }
#define HALVES(name, one, two)                                              \
  {                                                                         \
    name, Shape::html, [](size_t n) { return halves(one##sv, two##sv, n); } \
  }
#define NUMBERED(name, before, after)                                              \
  {                                                                                \
    name, Shape::html, [](size_t n) { return numbered(before##sv, after##sv, n); } \
  }
#define IN(name, before, what, after)                                                              \
  {                                                                                                \
    name, Shape::html, [](size_t n) { return join({before##sv, repeat(what##sv, n), after##sv}); } \
  }
#define DECLARED(name, charset, what)                                              \
  {                                                                                \
    name, Shape::html, [](size_t n) { return declared(charset##sv, what##sv, n); } \
  }
#define TEXT(name, what)                                            \
  {                                                                 \
    name, Shape::text, [](size_t n) { return repeat(what##sv, n); } \
  }

constexpr Generator all[] = {
    // Depth: elements within elements, closed or not.
    REPEAT("deep_divs", "<div>"),
    REPEAT("deep_divs_text", "<div>x "),
    HALVES("deep_divs_closed", "<div>", "</div>"),
    HALVES("deep_divs_other_end_tags", "<div>", "</p>"),
    HALVES("deep_spans_headings", "<span>", "</h1>"),
    REPEAT("deep_spans_text", "<span>x"),
    REPEAT("deep_lists", "<ul><li>x"),
    REPEAT("deep_numbered_lists", "<ol><li>x"),
    HALVES("deep_lists_then_items", "<ul><li><div>", "<li>x"),
    REPEAT("deep_quotes", "<blockquote>x"),
    REPEAT("deep_tables", "<table><tr><td>x"),
    REPEAT("deep_tables_in_buttons", "<button><table>"),
    REPEAT("deep_templates", "<template>x"),
    REPEAT("deep_templates_rows", "<template><tr><td>x"),
    REPEAT("deep_forms", "<form><div>x"),
    HALVES("deep_divs_forms", "<div>", "<form></form>"),
    REPEAT("deep_svg", "<svg><g>"),
    REPEAT("deep_integration_points", "<svg><foreignObject><math><mi>x"),
    REPEAT("deep_noscript", "<noscript><div>x"),
    REPEAT("deep_details", "<details><summary>x"),
    REPEAT("deep_hidden", "<div style=\"display:none\">x"),
    REPEAT("deep_classes", "<div class=\"post-content article main-body\">x"),
    REPEAT("deep_definition_lists", "<dl><dt>x<dd>y"),
    REPEAT("deep_links", "<a href=x>x<div>"),
    // Formatting elements, foster parenting and the other detours of tree construction.
    REPEAT("adoption_chain", "<a><b>"),
    REPEAT("adoption_blocks", "<a><p>x</a>"),
    REPEAT("adoption_many", "<a><b><i><u><s><p></a></b></i></u></s>x"),
    {"adoption_many_children", Shape::html,
     [](size_t n) {
       return join({repeat("<b><i><u><tt><em><code><big><small>", 40), "<div>", repeat("<p>x</p>", n / 2), repeat("</b></i></u></tt></em>", n / 2)});
     }},
    REPEAT("formatting_unclosed", "<b>x"),
    REPEAT("formatting_paragraphs", "<b><p>x"),
    REPEAT("formatting_tables", "<b><table><td>x"),
    REPEAT("formatting_all", "<b><i><u><s><tt><em><code><big><small><strong><p>x"),
    HALVES("formatting_end_tags", "<i>", "</b>"),
    NUMBERED("formatting_distinct", "<font size=", "><p>x"),
    REPEAT("nobr_flood", "<nobr><p>x"),
    IN("foster_text", "<table>", "x</x> </x>", ""),
    IN("foster_elements", "<table>", "<i>x<tr>", ""),
    REPEAT("foster_tables", "<table>x<table>"),
    REPEAT("svg_breakouts", "<svg><g><p>x"),
    HALVES("svg_end_tags", "<svg><g>", "</x>"),
    REPEAT("selects", "<select><option>x"),
    HALVES("selects_in_divs", "<div>", "<select><option>x"),
    REPEAT("selected_contents", "<select><button><selectedcontent></button><option selected>x<b>y</select>"),
    IN("options", "<select>", "<option>x</option>", "</select>"),
    REPEAT("buttons", "<button><p>x"),
    REPEAT("framesets", "<frameset> x "),
    REPEAT("rubies", "<ruby><rt>x<rtc>y"),
    NUMBERED("html_tags", "<html a", "=1>"),
    REPEAT("end_tags", "</p></br></x>"),
    REPEAT("headings_in_headings", "<h1><h2>x"),
    // Tokens.
    {"attributes_of_one", Shape::html, [](size_t n) { return join({"<p", numbered(" a", "=1", n), ">text"}); }},
    {"attributes_of_body", Shape::html, [](size_t n) { return join({"<body", numbered(" data-a", "=1", n), ">text"}); }},
    IN("attributes_twice", "<p", " a=1", ">text"),
    {"attributes_thousand", Shape::html,
     [](size_t n) { return repeat(join({"<p", numbered(" a", "=1", 8000), ">text</p>"}), n); }},
    IN("attribute_value_huge", "<p title=\"", "word ", "\">text"),
    IN("attribute_value_entities", "<p title=\"", "&amp;", "\" id='x'>text"),
    IN("attribute_value_unclosed", "<p title=\"", "<p>text</p>", ""),
    IN("attribute_name_huge", "<p ", "aA", ">text"),
    IN("attribute_quotes", "<p ", "\"'", ">text"),
    IN("style_huge", "<p style=\"", "color:red;", "\">text"),
    IN("style_displays", "<p style=\"", "display;", "\">text"),
    IN("style_one_word", "<p style=\"", "dis", "\">text"),
    IN("class_huge", "<p class=\"", "post-body ", "\">text"),
    IN("class_one_word", "<p class=\"", "aB", "\">text"),
    {"class_many_words", Shape::html, [](size_t n) { return join({"<p class=\"", numbered("w", " ", n), "\">text"}); }},
    IN("id_huge", "<p id=\"", "sr-", "\">text"),
    IN("word_huge", "<p>", "a", ""),
    IN("word_huge_upper", "<p>", "A", ""),
    IN("tag_name_huge", "<", "xY", ">text"),
    NUMBERED("tag_names", "<x", ">x"),
    IN("comment_unclosed", "<p>text<!--", "comment ", ""),
    IN("comment_dashes", "<p>text<!--", "-", ""),
    IN("comment_nested", "<p>text<!--", "<!--", ""),
    REPEAT("comments", "x<!-->"),
    REPEAT("entities", "&amp;"),
    REPEAT("entities_long", "&CounterClockwiseContourIntegral;"),
    REPEAT("entities_unfinished", "&CounterClockwiseContourIntegra"),
    REPEAT("entities_numeric", "&#x1F600;"),
    IN("entity_digits", "<p>&#", "0", ""),
    REPEAT("ampersands", "&"),
    REPEAT("nuls", "\0"),
    REPEAT("nuls_everywhere", "\0<p\0 \0a=\0>\0"),
    REPEAT("less_than", "<"),
    REPEAT("less_than_space", "< "),
    REPEAT("bogus_comments", "<!x><?y></ z>"),
    REPEAT("carriage_returns", "\r\n\r"),
    IN("cdata_unclosed", "<svg><![CDATA[", "]] >", ""),
    REPEAT("doctypes", "<!DOCTYPE html PUBLIC \"x\">"),
    IN("script_unclosed", "<p>text<script>", "if (a<b) x();", ""),
    IN("script_escaped", "<p>text<script>", "<!--<script>", ""),
    REPEAT("scripts", "<script>x</script>"),
    REPEAT("styles", "<style>p{}</style>"),
    IN("textarea_unclosed", "<textarea>", "x</textare ", ""),
    IN("plaintext", "<plaintext>", "<p>text ", ""),
    REPEAT("tags_unclosed", "<p "),
    // Bytes.
    IN("utf8_bad", "<p>", "\xFF", ""),
    IN("utf8_overlong", "<p>", "\xC0\x80\xE0\x80\xAF\xF0\x80\x80\x80", ""),
    IN("utf8_truncated", "<p>", "\xF0\x9F\x98 a", ""),
    IN("utf8_surrogates", "<p>", "\xED\xA0\x80\xED\xBF\xBF", ""),
    IN("utf8_continuations", "<p>", "\x80\xBF", ""),
    IN("utf8_noncharacters", "<p>", "\xEF\xBF\xBF\xF4\x8F\xBF\xBF", ""),
    DECLARED("bytes_gbk", "gbk", "\x81\x7F\xFE\xFE\x80"),
    DECLARED("bytes_gb18030", "gb18030", "\x81\x30\x81\xFF\x84\x31\xA4\x39"),
    DECLARED("bytes_big5", "big5", "\x87\x3F\xFE\xFE\x88\x62"),
    DECLARED("bytes_euc_jp", "euc-jp", "\x8F\xA1\x41\x8E\xE0\xFE\x20"),
    DECLARED("bytes_shift_jis", "shift_jis", "\x81\x20\xFC\xFC\xA0\x80"),
    DECLARED("bytes_euc_kr", "euc-kr", "\xFE\xFE\x81\x20\xC9\xA1"),
    DECLARED("bytes_iso_2022_jp", "iso-2022-jp", "\x1B$B\x1B(\x1B(J\x0E\x30"),
    DECLARED("bytes_windows_1252", "windows-1252", "\x80\x81\x8D\x9F\xFF"),
    DECLARED("bytes_windows_874", "windows-874", "\xDB\xDC\xFC\xFF "),
    DECLARED("bytes_koi8_u", "koi8-u", "\xC0\xD1\xFF "),
    DECLARED("bytes_replacement", "iso-2022-kr", "text "),
    DECLARED("bytes_user_defined", "x-user-defined", "\x80\xFF "),
    {"bytes_utf16_le", Shape::html,
     [](size_t n) { return join({in_utf16("<!DOCTYPE html><p>", false), repeat("\0\xDC\0\xD8"sv, n)}); }},
    {"bytes_utf16_be", Shape::html,
     [](size_t n) { return join({in_utf16("<!DOCTYPE html><p>", true), repeat("\xD8\0\xDC"sv, n)}); }},
    {"bytes_utf16_text", Shape::html, [](size_t n) { return in_utf16(repeat("<p>a", n / 2), false); }},
    {"bytes_noise", Shape::html, [](size_t n) { return join({"<p>", noise(n, 0, 255)}); }},
    {"bytes_noise_high", Shape::html, [](size_t n) { return join({"<p>", noise(n, 128, 255)}); }},
    {"bytes_noise_markup", Shape::html, [](size_t n) { return join({"<p>", noise(n, '!', '?')}); }},
    IN("bytes_escapes", "<p>", "\x1B$B", ""),
    IN("meta_charsets", "", "<meta charset=utf-16><meta charset=x-user-defined><meta charset=gbk>", "\xFF"),
    IN("meta_charset_unfinished", "<meta content=\"", "charset charset=", "\xFF"),
    // Blocks.
    REPEAT("tiny_blocks", "<p>a"),
    REPEAT("tiny_blocks_divs", "<div>a</div>"),
    NUMBERED("tiny_blocks_distinct", "<p>", ""),
    REPEAT("identical_blocks", "<p>These are the same nine words again and again.</p>"),
    REPEAT("identical_articles",
           "<article class=post><h2>Title</h2><p>These are the same nine words again and again.</article>"),
    NUMBERED("distinct_blocks", "<p>One sentence, with a number at its very end, ", ".</p>"),
    NUMBERED("distinct_classes", "<p class=c", ">text"),
    NUMBERED("distinct_ids", "<div id=section-", ">text</div>"),
    IN("one_line", "<!DOCTYPE html><p>", "The council met on Tuesday to hear what the engineers had found. ", ""),
    REPEAT("breaks", "<br>"),
    REPEAT("breaks_text", "a<br>"),
    REPEAT("breaks_two_text", "a<br><br>"),
    REPEAT("rules", "<hr>"),
    IN("marks_in_one_block", "<p>", "<b>x</b> ", ""),
    {"links_in_one_block", Shape::html, [](size_t n) { return join({"<p>", numbered("<a href=/", ">x</a> ", n)}); }},
    IN("dots_and_hidden", "<p>", "<i>a</i><b>...</b><b hidden>b</b>c ", ""),
    {"tex_behind_marks", Shape::html, [](size_t n) { return join({"<script src=mathjax.js></script>"sv, halves("<b>b</b> x "sv, "<p>\\(a\\)z"sv, n)}); }},
    IN("tex_in_one_block", "<script src=mathjax.js></script><p>", "\\(a\\) $$b$$ <b>c</b> ", ""),
    IN("tex_unclosed", "<script src=mathjax.js></script><p>", "\\(a \\[b $$", ""),
    IN("empty_marks", "<p>x", "<b></b><a href=x></a>", ""),
    IN("marks_over_blocks", "<p>", "<i><b>x<p>", ""),
    {"open_marks_many_words", Shape::html,
     [](size_t n) { return join({"<p>", repeat("<b><i><u><tt><em>", 2000), repeat("<p>x", n)}); }},
    REPEAT("headings", "<h2>x</h2>"),
    IN("list_items", "<ul>", "<li>x", ""),
    IN("numbered_items", "<ol start=99999999999>", "<li value=9>x", ""),
    IN("definitions", "<dl>", "<dt>x<dd>y", ""),
    IN("table_cells", "<table>", "<td>x", ""),
    IN("table_rows", "<table>", "<tr><td>x<td>y", ""),
    IN("table_headers", "<table>", "<tr><th>x", ""),
    IN("table_spans", "<table>", "<tr><td colspan=9000000000000000 rowspan=9000000000000000>x", ""),
    REPEAT("tables", "<table><tr><td>x<td>y<tr><td>x<td>y</table>"),
    REPEAT("captions", "<figure><img src=x><figcaption>x</figcaption></figure>"),
    REPEAT("images", "<img src=x alt=y>"),
    IN("images_in_one_block", "<p>", "<img src=x alt=y>z", ""),
    REPEAT("inputs", "<input type=submit value=x>"),
    REPEAT("labels", "<label><input type=checkbox>x</label>"),
    IN("code_lines", "<pre>", "x\n", "</pre>"),
    IN("code_one_line", "<pre><code class=language-c>", "x ", "</code></pre>"),
    REPEAT("code_blocks", "<pre>\n\nx\n</pre>"),
    IN("code_marks", "<pre>", "<b>x</b>\n", "</pre>"),
    {"gutters_beside_a_long_cell", Shape::html,
     [](size_t n) { return join({"<table><tr><td>", repeat("<pre>1 2</pre>", n / 2), "<td>", repeat("x ", n / 2)}); }},
    {"rows_spanned", Shape::html,
     [](size_t n) { return join({"<table><tr><th>a<th>b<tr>", repeat("<td rowspan=0>x", 2000), repeat("<tr><td>y", n)}); }},
    IN("unseen_amid_a_line", "<p>", "<span class=sr-only>x</span>", "y"),
    IN("unseen_amid_words", "<p>", "x<span class=sr-only>y</span>", ""),
    IN("buttons_amid_words", "<p>", "a <button>b</button> c ", ""),
    IN("spans_of_numbers", "<p>", "<span class=i>19</span>", ""),
    IN("pictures_before_embeds", "<p>x", "<img src=x><iframe src=y></iframe>", ""),
    REPEAT("headings_of_copies", "<h2>The same</h2><p>These are the same nine words again and again."),
    REPEAT("hidden_flips", "<span hidden>x</span>y"),
    REPEAT("iframes", "<iframe src=x></iframe><embed src=y>"),
    REPEAT("math", "<math><mi>x</mi><annotation>y</annotation></math>"),
    IN("spaces", "<p>", " ", "x"),
    IN("spaces_between", "<p>", "a  \n\t ", ""),
    IN("no_break_spaces", "<p>", "&nbsp;", "x"),
    IN("zero_widths", "<p>", "\u200B\u200D\uFEFF\u00AD", "x"),
    IN("marks_combining", "<p>a", "\u0301", ""),
    IN("directions", "<p>", "\u202E\u2067a", ""),
    IN("chinese", "<p>", "\u4E2D\u6587\u5B57", ""),
    IN("thai", "<p>", "\u0E20\u0E32\u0E29\u0E32", ""),
    REPEAT("chinese_blocks", "<p>\u4E2D\u6587"),
    IN("encoded_twice", "<p>", "\xC3\xA2\xC2\x80\xC2\x94 ", "x"),
    REPEAT("noscript_frames", "<noscript><iframe src=x /></noscript>x"),
    IN("noscript_frames_open", "", "<noscript><iframe></b></b></b></b>", "</noscript>"),
    IN("cells_bold", "<table><tr>", "<td><b>x</b>", "</table>"),
    IN("heading_boxes", "<h3>", "<div>x</div>", "</h3>"),
    REPEAT("headings_of_boxes", "<h3><div>x</div><button>y</button></h3>"),
    {"streamed_parts", Shape::html,
     [](size_t n) {
       return join({numbered("<template id=B:", "></template>", n / 3), numbered("<div hidden id=S:", ">x</div>", n / 3), "<script>",
                    numbered("$RC(\"B:1\",\"S:", "\");", n / 3), "</script>"});
     }},
    {"streamed_nested", Shape::html,
     [](size_t n) {
       return join({numbered("<div hidden id=S:", "><b><template id=B:1></template></b>x", n / 2), "<script>", numbered("$RS(\"S:", "\",\"B:1\");", n / 2), "</script>"});
     }},
    // Fields: head, JSON-LD, dates, names.
    IN("title_huge", "<title>", "word ", "</title><h1>word word</h1><p>text"),
    REPEAT("titles", "<title>x</title>"),
    REPEAT("metas", "<meta name=author content=\"Jane Doe\">"),
    NUMBERED("metas_dates", "<meta property=article:published_time content=2015-12-15T10:", ">"),
    IN("meta_huge", "<meta name=author content=\"", "Jane Doe, ", "\">"),
    IN("meta_description_huge", "<meta name=description content=\"", "word ", "\"><p>word word"),
    REPEAT("link_elements", "<link rel=canonical href=/x><link rel=author href=/y><base href=/z>"),
    REPEAT("h1s", "<h1>Title of this</h1>"),
    {"json_brackets", Shape::html, [](size_t n) { return json_ld(repeat("[", n)); }},
    {"json_braces", Shape::html, [](size_t n) { return json_ld(repeat("{\"a\":", n)); }},
    {"json_graph_depth", Shape::html, [](size_t n) { return json_ld(repeat("{\"@graph\":[", n)); }},
    {"json_closed_depth", Shape::html, [](size_t n) { return json_ld(halves("[", "]", n)); }},
    {"json_quotes", Shape::html, [](size_t n) { return json_ld(join({"{\"a\":\"", repeat("\"", n), "\"}"})); }},
    {"json_escapes", Shape::html, [](size_t n) { return json_ld(join({"{\"headline\":\"", repeat("\\u0041\\n", n), "\"}"})); }},
    {"json_commas", Shape::html, [](size_t n) { return json_ld(join({"[", repeat(",", n), "]"})); }},
    {"json_comments", Shape::html, [](size_t n) { return json_ld(join({"{", repeat("/*", n)})); }},
    {"json_numbers", Shape::html, [](size_t n) { return json_ld(join({"[", repeat("1e999,", n), "1]"})); }},
    {"json_things", Shape::html,
     [](size_t n) {
       return json_ld(join({"{\"@graph\":[", repeat("{\"@type\":\"NewsArticle\",\"headline\":\"x\",\"author\":{\"@id\":\"#a\"}},", n), "{}]}"}));
     }},
    {"json_ids", Shape::html,
     [](size_t n) {
       return json_ld(join({"{\"@graph\":[", numbered("{\"@type\":\"Person\",\"@id\":\"#", "\",\"name\":\"Jane Doe\"},", n / 2), numbered("{\"@type\":\"Article\",\"author\":{\"@id\":\"#x", "\"}},", n / 2), "{}]}"}));
     }},
    {"json_types", Shape::html,
     [](size_t n) { return json_ld(join({"{\"@type\":[", numbered("\"T", "\",", n), "\"Article\"]}"})); }},
    {"json_authors", Shape::html,
     [](size_t n) { return json_ld(join({"{\"@type\":\"Article\",\"author\":[", numbered("\"Jane Doe", "\",", n), "\"x\"]}"})); }},
    {"json_body", Shape::html,
     [](size_t n) {
       return join({json_ld(join({"{\"@type\":\"Article\",\"articleBody\":\"", repeat(sentence, n / 2), "\"}"})), "<p>", repeat(sentence, n / 2)});
     }},
    REPEAT("json_scripts", "<script type=application/ld+json>{\"@type\":\"Article\",\"headline\":\"x\"}</script>"),
    REPEAT("json_scripts_broken", "<script type=application/ld+json>{\"a\":\"b\"c\",}</script>"),
    REPEAT("microdata", "<div itemscope itemprop=author><span itemprop=name>Jane Doe</span></div>"),
    REPEAT("times", "<time datetime=2015-12-15T10:30>15 December 2015</time> "),
    NUMBERED("times_distinct", "<p class=date>Published on 15 December 2015 at 10:", "</p>"),
    NUMBERED("bylines", "<p class=byline>By Jane Doe", "</p>"),
    REPEAT("bylines_same", "<p class=byline>By Jane Doe and John Roe</p>"),
    NUMBERED("author_links", "<a rel=author href=/author/", ">Jane Doe</a><p>"),
    IN("names_in_one_block", "<p class=byline>By ", "Jane Doe and John Roe, ", ""),
    IN("dates_in_one_block", "<p class=date>", "15 December 2015, ", ""),
    IN("date_digits", "<p class=date>", "2015", ""),
    REPEAT("dates_short", "<p>12/12/2012"),
    IN("href_huge", "<p><a href=\"", "x/", "\">text</a> text"),
    IN("href_dots", "<p><a href=\"/", "../", "\">text</a> text"),
    REPEAT("hrefs_dots", "<p><a href=\"/a/../../b/./../c/?q#f\">text</a> text"),
    IN("srcset_huge", "<p>text<img srcset=\"", "a.jpg 1x,", "\"> text"),
    {"base_huge", Shape::html,
     [](size_t n) {
       return join({"<base href=\"http://a/", repeat("b/", n / 2), "\"><p>", repeat("<a href=../x>word</a> text ", n / 2)});
     }},
    {"base_long", Shape::html,
     [](size_t n) {
       return join({"<base href=\"http://a/", repeat("b/", 4000), "\"><p>",
                    repeat("<a href=../x>word</a> text <link rel=canonical href=y><meta property=og:image content=z>", n)});
     }},
    {"images_that_stand_in", Shape::html,
     [](size_t n) {
       return join({"<meta property=og:image content=\"https://e.example/", repeat("-", n / 2), "logo.png\">",
                    repeat("<meta property=og:image content=/logo.png>", n / 2)});
     }},
    {"base_long_donate", Shape::html,
     [](size_t n) {
       return join({"<base href=\"http://a/", repeat("b/", 2000), "\">", repeat("<p><a href=d>Donate</a> to us", n)});
     }},
    {"class_above_code", Shape::html,
     [](size_t n) { return join({"<div class=\"", repeat("post language ", n / 2), "\">", repeat("<pre>x</pre>", n / 2)}); }},
    {"class_above_blocks", Shape::html,
     [](size_t n) {
       return join({"<div class=\"", repeat("post-by ", n / 2), "\" style=\"", repeat("display:", n / 4), "\">",
                    repeat("<p><time>15 May 2015</time> By <a rel=author>Jane Doe</a></p>", n / 4)});
     }},
    {"list_items_deep", Shape::html,
     [](size_t n) { return join({"<ol>", repeat("<div>", 2400), repeat("<li>x", n)}); }},
    {"canonical_huge", Shape::html,
     [](size_t n) { return join({"<link rel=canonical href=\"http://a/", repeat("b-", n), "\"><p>text"}); }},
    {"author_links_huge", Shape::html,
     [](size_t n) { return join({"<p>By ", repeat("<a rel=author href=/author/x><i></i>", n / 2), repeat("Jane Doe ", n / 2)}); }},
    {"labels_huge", Shape::html,
     [](size_t n) { return join({"<label for=x>", repeat("word ", n / 2), "</label>", repeat("<input id=x>", n / 2)}); }},
    {"itemprops_nested", Shape::html, [](size_t n) { return repeat("<div itemprop=author>Jane", n); }},
    {"headings_nested_text", Shape::html, [](size_t n) { return join({"<h1>", repeat("<h1><span>word", n)}); }},
    {"dates_nested", Shape::html, [](size_t n) { return repeat("<div class=date>May 5, 2015", n); }},
    {"names_nested", Shape::html, [](size_t n) { return repeat("<div class=author>By Jane Doe", n); }},
    {"links_nested_donate", Shape::html, [](size_t n) { return repeat("<div><a href=/donate>Donate $5<div>", n); }},
    {"forms_of_inputs", Shape::html,
     [](size_t n) { return repeat("<form><label>$5<input name=amount value=5></label><button>Donate</button>", n); }},
    // Support requests.
    REPEAT("appeals", "<p>Please donate $5 a month to keep our journalism free."),
    REPEAT("amounts", "<button>$5</button>"),
    IN("amounts_in_one_block", "<p>Donate ", "$5 ", "a month"),
    REPEAT("amount_inputs", "<form action=/donate><input type=radio name=amount value=5><label>$5</label></form>"),
    IN("amounts_in_one_form", "<form action=/donate><p>Donate", "<label><input type=radio value=5>$5 monthly</label>",
       "</form>"),
    REPEAT("donate_links", "<a href=/donate class=donate>Donate</a> "),
    {"class_above_least_amounts", Shape::html,
     [](size_t n) { return join({"<p>", sentence, "<div class=\"donation-appeal ", repeat("x-", n / 2), "\">", plea, repeat("<button>from $1</button>", n / 2)}); }},
    {"name_above_options", Shape::html,
     [](size_t n) { return join({"<div>", plea, "<select name=\"", repeat("x-", n / 2), "\">", repeat("<option>x</option>", n / 2)}); }},
    {"address_above_blocks", Shape::html,
     [](size_t n) { return join({"<div>", plea, "<a href=\"https://e.x/", repeat("q", n / 2), "\">", repeat("<div>Donate</div>", n / 2)}); }},
    REPEAT("costs", "<p>It costs us $1,000 a day to run this site, since advertising has collapsed."),
    // Flattened text.
    TEXT("text_lines", "a\n"),
    TEXT("text_one_line", "a"),
    TEXT("text_one_line_words", "word "),
    TEXT("text_wrapped", "The council met on Tuesday to hear what engineers had found under this\n"),
    TEXT("text_blank_lines", "\n"),
    TEXT("text_paragraphs", "The council met on Tuesday.\n\n"),
    TEXT("text_digits", "0123456789"),
    TEXT("text_digits_dots", "1.2.3,4"),
    TEXT("text_currency", "$5 "),
    TEXT("text_currency_signs", "$"),
    TEXT("text_currency_lines", "$5\n"),
    TEXT("text_dates", "15 December 2015 "),
    TEXT("text_dates_lines", "15 December 2015\n"),
    TEXT("text_months", "January "),
    TEXT("text_bylines", "By Jane Doe\n"),
    TEXT("text_emails", "a@b.c "),
    TEXT("text_emails_open", "a@"),
    TEXT("text_addresses", "http://a.b/c "),
    TEXT("text_tabs", "\t"),
    TEXT("text_quotes", "> > > x\n"),
    TEXT("text_bullets", "* x\n"),
    TEXT("text_rules", "-----\n"),
    TEXT("text_capitals", "THE SAME HEADING\n"),
    TEXT("text_appeals", "Please donate $5 a month to keep our journalism free.\n"),
    TEXT("text_returns", "\r"),
    TEXT("text_chinese", "\u4E2D\u6587\u5B57\u3002\n"),
    TEXT("text_bad_bytes", "\xFF\n"),
};

#undef REPEAT
#undef HALVES
#undef NUMBERED
#undef IN
#undef DECLARED
#undef TEXT

}  // namespace

std::span<const Generator> generators() {
  return all;
}

string make(string_view name, size_t bytes) {
  const auto found =
      std::find_if(std::begin(all), std::end(all), [&](const Generator& g) { return g.name == name; });
  return found == std::end(all) ? string() : found->make(bytes);
}

}  // namespace offprint::hostile
