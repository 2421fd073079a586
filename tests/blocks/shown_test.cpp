// Text as a reader sees it: what has no width, icon fonts, encoded addresses, breaks, headings of several boxes, parts that come later.
#include <gtest/gtest.h>

#include <string>

#include "tests/blocks/found.h"

namespace offprint {
namespace {

// "kind:text" of each block, hidden ones in parentheses.
std::string shown(const std::string& body) {
  const Found found(in_body(body), as_captured);
  std::string s;
  for (const RawBlock& b : found.blocks.blocks) {
    const bool hidden = b.hidden != Hidden::no;
    s += hidden ? "(" : "[";
    if (b.kind == BlockKind::heading) s += std::string("h").append(std::to_string(b.level)).append(" ");
    if (b.kind == BlockKind::control) s += "control ";
    if (b.kind == BlockKind::table) s += "row ";
    s.append(b.text).append(hidden ? ")" : "]");
  }
  return s;
}

TEST(Shown, SpacesAndMarksOfNoWidth) {
  EXPECT_EQ(shown("<p>Kapi&shy;talismus, zero&ZeroWidthSpace;width&#xFEFF;"), "[Kapitalismus, zerowidth]");
  EXPECT_EQ(shown("<p>&nbsp; Price:&nbsp;&nbsp;about&nbsp;<b>&nbsp;5</b>&nbsp;"), "[Price: about 5]");
  EXPECT_EQ(shown("<p>&nbsp;<p>&shy;<p>x"), "[x]");
  EXPECT_EQ(shown("<p>Bonjour\xE2\x80\xAF!\xE2\x80\xAF<p>“a” – b…"), "[Bonjour !][“a” – b…]");
  EXPECT_EQ(shown("<p>&#x3000;&#x3000;“妈妈&#x3000;你好。&#x3000;"), "[“妈妈　你好。]");
  EXPECT_EQ(shown("<p>été “quoted”"), "[été “quoted”]");  // shares first bytes with them
  EXPECT_EQ(shown("<pre>a&nbsp;b\n&nbsp;c</pre>"), "[a b\n c]");
}

// UTF-8 that a crawler took for Latin-1: a dash and a letter, behind the first sign of it.
TEST(Shown, WhatWasEncodedTwice) {
  EXPECT_EQ(shown("<p>One \xC3\xA2\xC2\x80\xC2\x94 two caf\xC3\x83\xC2\xA9 three"), "[One — two café three]");
  EXPECT_EQ(shown("<p>One \xC3\xA2\xC2\x80\xC2\x94 two<p>caf\xC3\x83\xC2\xA9<p>caf\xC3\xA9<p>5 €"), "[One — two][café][café][5 €]");
  EXPECT_EQ(shown("<p>Foo&reg; caf\xC3\xA9 \xC3\xA2\xC2\x80\xC2\x94 “two” \xC3\xB0\xC2\x9F\xC2\x98\xC2\x80"), "[Foo® café — “two” 😀]");
  EXPECT_EQ(shown("<p>\xC3\xA2\xC2\x80\xC2\x94<p>Le marché\xC2\xA0»<p>CAFÉ\xC2\xA0!"), "[—][Le marché »][CAFÉ !]");
  EXPECT_EQ(shown("<p>caf\xC3\x83\xC2\xA9"), "[cafÃ©]");  // as the page has it: nothing shows more
  EXPECT_EQ(shown("<p>shouldn\xC2\x92t \xC2\x80 5 \xC2\x81"), "[shouldn’t € 5]");  // of Windows-1252, as HTML reads &#146;
}

TEST(Shown, LabelsAndSeparators) {
  EXPECT_EQ(shown("<p>Published By:<span>Mega</span>"), "[Published By: Mega]");
  EXPECT_EQ(shown("<p>at 12:<b>30</b>, see http:<i>//x</i>"), "[at 12:30, see http://x]");
  EXPECT_EQ(shown("<p><a>iOS</a><span>•</span><a>Music</a>"), "[iOS • Music]");
  EXPECT_EQ(shown("<p>and<b>/</b>or"), "[and/or]");
}

// Text right behind an element, and elements that nobody knows.
TEST(Shown, WordsBesideElements) {
  EXPECT_EQ(shown("<p><span>Preis/Nacht</span>88,00 €"), "[Preis/Nacht 88,00 €]");
  EXPECT_EQ(shown("<p><b>MP</b>3, H<sub>2</sub>O, <b>Windows</b>9"), "[MP3, H2O, Windows9]");
  EXPECT_EQ(shown("<p><cite>London (CNN)</cite>It was"), "[London (CNN) It was]");
  EXPECT_EQ(shown("<p><i>f</i>(<i>x</i>)Y"), "[f(x)Y]");
  EXPECT_EQ(shown("<h1><span>Die Zukunft</span>\"Wir dekorieren\"</h1>"), "[h1 Die Zukunft \"Wir dekorieren\"]");
  EXPECT_EQ(shown("<p><b>Er</b>„sagt“, „<i>Wort</i>“ sagt <b>sie</b>\", 5<b>x</b>\""), "[Er„sagt“, „Wort“ sagt sie\", 5x\"]");
  EXPECT_EQ(shown("<h2><b>Er</b>„sagt“</h2><h2>\"<i>Moby Dick</i>\"—a novel</h2><h2>\"<b>GDP</b>\"的</h2>"), "[h2 Er „sagt“][h2 \"Moby Dick\"—a novel][h2 \"GDP\"的]");
  EXPECT_EQ(shown("<p><x-name>Doe</x-name>, <x-name>Roe</x-name><x-etal>et al</x-etal>. End"), "[Doe, Roe et al. End]");
}

// A paragraph's first letter, set large beside it; letters of an index are blocks of their own.
TEST(Shown, Initials) {
  EXPECT_EQ(shown("<div><span>T</span><p>urkey and Poland are on a list of ten countries.</div>"), "[Turkey and Poland are on a list of ten countries.]");
  EXPECT_EQ(shown("<div><span>A</span><p>aardvarks and their ways, in a list of many other words.</div>"), "[A][aardvarks and their ways, in a list of many other words.]");
  EXPECT_EQ(shown("<div><p>T</p></div><p>urkey and Poland are on a list of ten countries."), "[T][urkey and Poland are on a list of ten countries.]");
}

TEST(Shown, ReadingsOfWordsGo) {
  EXPECT_EQ(shown("<p><ruby>子<rp>(</rp><rt>こ</rt><rp>)</rp></ruby>どもへの<ruby>体罰<rt>たいばつ</rt></ruby>を"), "[子どもへの体罰を]");
}

TEST(Shown, IconFontsSayNothing) {
  EXPECT_EQ(shown("<p><i class=material-icons>check</i> Included"), "[Included]");
  EXPECT_EQ(shown("<p><span class='material-symbols-outlined x'>expand_more</span>More"), "[More]");
  EXPECT_EQ(shown("<p><span class=material-icons-list>check</span>"), "[check]");
}

TEST(Shown, EmojiThatArePictures) {
  EXPECT_EQ(shown("<p>Hi <img class='emoji x' alt='😀' src=a.png> there"), "[Hi 😀 there]");
  EXPECT_EQ(shown("<p>Hi <img class=emoji alt=:smile: src=a.png> <img alt='😀' src=a.png>there"), "[Hi there]");
}

// <iframe> is raw text up to its end tag; where that is missing, all of the page would be.
TEST(Shown, FramesOfNoscriptThatAreNotClosed) {
  EXPECT_EQ(shown("<noscript><iframe src=x /></noscript><p>The story."), "[The story.]");
  EXPECT_EQ(shown("<h1>Dogs</h1><noscript> <iframe src=x /></noscript><p>The story."), "[h1 Dogs][The story.]");
  EXPECT_EQ(shown("<p>One<iframe src=x><p>Two").find("Two"), std::string::npos);  // no browser shows it
  EXPECT_EQ(shown("<noscript><iframe src=x>no</iframe></noscript><p>The story."), "[The story.]");
}

TEST(Shown, EncodedAddresses) {
  EXPECT_EQ(shown("<p>Write to <a href=/cdn-cgi/l/email-protection class=__cf_email__ data-cfemail=4228232c2702302d276c273a232f322e27>[email&#160;protected]</a>."),
            "[Write to jane@roe.example.]");
  for (const char* broken : {"", "42", "4228zz", "4200ff", "0zbebebe"})
    EXPECT_EQ(shown(std::string("<p>To <span class=__cf_email__ data-cfemail='") + broken + "'>[hidden]</span>"), "[To [hidden]]") << broken;
}

TEST(Shown, BreaksByTheirClass) {
  EXPECT_EQ(shown("<p>One.<span class='x-component br'></span>Two."), "[One. Two.]");
  EXPECT_EQ(shown("<p>One.<span class=br></span><span class=br></span>Two."), "[One.][Two.]");
  EXPECT_EQ(shown("<p>One<span class=bright></span>Two"), "[OneTwo]");
}

TEST(Shown, ScreenReadersTextStandsApart) {
  EXPECT_EQ(shown("<p><span aria-hidden=true>$899.00</span><span class=plp-price__sr-text>Price $ 899.00</span>"), "[$899.00]");
  EXPECT_EQ(shown("<table><tr><th>A<th>B<tr><td>1<span class=visually-hidden>yes</span><td>2</table>"), "[row A | B][row 1 | 2]");
  EXPECT_EQ(shown("<table><tr><th class=visually-hidden>No<th>Name<tr><td>1<td>Bob</table>"), "[row No | Name][row 1 | Bob]");
  EXPECT_EQ(shown("<p class=media-offscreen>seen<p class=usr-text>seen"), "[seen][seen]");
}

// Amid a line it parts nothing; where there is nothing else it stays, as what it is.
TEST(Shown, ScreenReadersTextAmidALine) {
  const std::string more = "<span class=sr-only> (opens in a new tab)</span>";
  EXPECT_EQ(shown("<p>See <a href=/r>the report" + more + "</a>, where it stands.<p>And <a href=/r>more" + more + "</a>"), "[See the report, where it stands.][And more]");
  EXPECT_EQ(shown("<p>Insured.<sup><span class=visually-hidden>Footnote</span>1</sup> So."), "[Insured.1 So.]");
  EXPECT_EQ(shown("<p>20<span class=sr-only> minutes</span>mins"), "[20 mins]");
  EXPECT_EQ(shown("<h2><span class=sr-only>Part</span> <b>One</b></h2>"), "[h2 One]");
  EXPECT_EQ(shown("<h1><span class=sr-only>The Gazette</span><img src=logo.png></h1><p>So."), "(h1 The Gazette)[So.]");
  EXPECT_EQ(shown("<ul><li><span class=sr-only>Tick</span><div>Flour</div></ul>"), "(Tick)[Flour]");
  EXPECT_EQ(shown("<p>A pilot<span role=tooltip>who guides ships</span> came."), "[A pilot came.]");
  for (const char* name : {"clipped", "a-offscreen", "element-invisible", "x accessibility-text"})
    EXPECT_EQ(shown("<p>EUR 20<span class='" + std::string(name) + "'>EUR 20</span>"), "[EUR 20]") << name;
  for (const char* name : {"clipped-corners", "media-offscreen", "invisible-ink"}) EXPECT_EQ(shown("<p>a <span class='" + std::string(name) + "'>b</span>"), "[a b]") << name;
}

TEST(Shown, ShortenedBoxes) { EXPECT_EQ(shown("<div class='text clipped'><p>All of it."), "[All of it.]"); }

// What is hidden or a button right between two texts parts no sentence.
TEST(Shown, AmidASentence) {
  EXPECT_EQ(shown("<p>The dog<span style=display:none>gone</span> barks."), "[The dog barks.]");
  EXPECT_EQ(shown("<p>The dog <span hidden>and the rest</span>"), "[The dog](and the rest)");
  EXPECT_EQ(shown("<p>The ratio of <button>product</button> to debt <button>Share</button>"), "[The ratio of product to debt][control Share]");
  EXPECT_EQ(shown("<p>Read this. <button>Share</button> The next."), "[Read this.][control Share][The next.]");
  EXPECT_EQ(shown("<p>&zwj;<p>&lrm;&rlm;<p>a&zwj;"), "[a\u200D]");
}

TEST(Shown, WhatAButtonShowsInPlaceOfDots) {
  EXPECT_EQ(shown("<p>Nisi vitae scel<span>...</span><span style='display:none'>erisque enim</span>. <b>Nunc</b>."), "[Nisi vitae scelerisque enim. Nunc.]");
  EXPECT_EQ(shown("<p>Roots may <i>…</i> <span hidden>stay in the ground</span> <a href=#>Read more</a>"), "[Roots may stay in the ground][Read more]");
  EXPECT_EQ(shown("<p>Roots may stay in…<span hidden>Roots\n may stay in the ground</span>"), "[Roots may stay in the ground]");
  EXPECT_EQ(shown("<p><b>Roots may</b> stay in…<span hidden>Roots may stay in the ground</span>"), "[Roots may stay in the ground]");
  EXPECT_EQ(shown("<p>Roots may stay. <span hidden>Or not</span> <a href=#>More</a>"), "[Roots may stay.](Or not)[More]");
  EXPECT_EQ(shown("<p>To be continued...<span hidden>Share it</span>"), "[To be continued...](Share it)");  // no dots of their own
  EXPECT_EQ(shown("<p>Roots may go…<span hidden>Roots may stay</span>"), "[Roots may go…](Roots may stay)");
  EXPECT_EQ(shown("<p>...<span hidden>Or not</span>"), "[...](Or not)");
  EXPECT_EQ(shown("<pre>f(char *s, <i>...</i><span hidden>copy</span>)</pre>"), "[f(char *s, ...](copy)[)]");
}

TEST(Shown, BesideTheScreenAndOnPaper) {
  EXPECT_EQ(shown("<div style='position:absolute; left:-9999px'>Words</div><p>x"), "(Words)[x]");
  EXPECT_EQ(shown("<div style='position:absolute; left:10px'>Words</div><p>x"), "[Words][x]");
  for (const char* const style : {"position:absolute; margin-left:-9999px", "position:absolute; left:-9990px", "left:-9999px"})
    EXPECT_EQ(shown(std::string("<div style='").append(style).append("'>Words</div><p>x")), "[Words][x]");
  EXPECT_EQ(shown("<p class='note print-only'>Printed<p class=printer>x"), "(Printed)[x]");
  EXPECT_EQ(shown("<div class='popover fade' style='display:none'>What it means</div><p class=popover>x"), "(What it means)[x]");
  EXPECT_EQ(shown("<pre class='brush: css hidden'>a{}</pre><p class=hidden>x<pre class='hidden md:block'>b{}</pre>"), "(a{})[x][b{}]");
}

TEST(Shown, TasksOfAList) {
  EXPECT_EQ(shown("<ul><li><input type=checkbox disabled checked> Sow<li><label><input type=checkbox disabled>Water</label>"), "[☑ Sow][☐ Water]");
  EXPECT_EQ(shown("<ul><li><input type=checkbox> Red<li><input type=checkbox disabled name=colour> Blue<li>x <input type=checkbox disabled>"), "[Red][Blue][x]");
}

TEST(Shown, ItemsWithTheirNumbers) {
  const Found found(in_body("<ol><li>a<li value=7>b<li>c<li value=x>d<li value=-5>e</ol><ul><li value=3>e"));
  std::string numbers;
  for (const RawBlock& b : found.blocks.blocks) numbers += std::to_string(b.ordinal).append(" ");
  EXPECT_EQ(numbers, "1 7 8 9 10 0 ");
}

TEST(Shown, PricesAndLabelsThatTouch) {
  EXPECT_EQ(shown("<p><b>€25</b><i>€49</i>"), "[€25 €49]");
  EXPECT_EQ(shown("<p><del>49 €</del><b>25 €</b>"), "[49 € 25 €]");
  EXPECT_EQ(shown("<p><span>-20%</span><span>€49</span> <s>$49</s>$25"), "[-20% €49 $49 $25]");
  EXPECT_EQ(shown("<p><span>49</span><span>€</span> <span>€</span><span>49</span>"), "[49€ €49]");
  EXPECT_EQ(shown("<p><em class=title>Ship Experience</em>The easiest way."), "[Ship Experience The easiest way.]");
  EXPECT_EQ(shown("<p><b>You</b>Tube and <b>the mac</b>OS<p>We are on <a><b>Git</b>Hub</a>"), "[YouTube and the macOS][We are on GitHub]");
  EXPECT_EQ(shown("<p><span class=i>1994</span><span class=i>2h 22m</span>, <b class=i>19</b><b class=i>94</b>, <span class=d>1</span><span class=d>23</span>"), "[1994 2h 22m, 1994, 1 23]");
}

TEST(Headings, ButtonsThatOpenWhatStandsBelow) {
  EXPECT_EQ(shown("<h3><button>What is it?</button></h3><p>A dog."), "[h3 What is it?][A dog.]");
  EXPECT_EQ(shown("<h2><button><p>Description</p></button></h2>"), "[h2 Description]");
  EXPECT_EQ(shown("<h2>Dogs <button>Edit</button></h2>"), "[h2 Dogs][control Edit]");
  EXPECT_EQ(shown("<h2><button>Edit</button> Dogs</h2>"), "[control Edit][h2 Dogs]");
  EXPECT_EQ(shown("<h2>Dogs<br><br><button>Edit</button></h2>"), "[h2 Dogs][control Edit]");
}

TEST(Headings, OfSeveralBoxesAreOne) {
  EXPECT_EQ(shown("<h3><div class=number>1</div> Over the trees</h3>"), "[h3 1 Over the trees]");
  EXPECT_EQ(shown("<h2><p>One</p><p>Two</p></h2>"), "[h2 One Two]");
  EXPECT_EQ(shown("<h3>Measure<br class=large><br class=medium> it<br><br> now</h3>"), "[h3 Measure it now]");
  std::string open = "<h2>Never closed";
  for (int i = 0; i < 60; ++i) open += "<div>A paragraph of the page.</div>";
  EXPECT_EQ(shown(open).substr(0, 60), "[h2 Never closed][h2 A paragraph of the page.][h2 A paragrap");
}

TEST(Headings, OfTwoLines) {
  EXPECT_EQ(shown("<h2>What they say<span>of us</span></h2>"), "[h2 What they say of us]");
  EXPECT_EQ(shown("<h3>Vous souhaitez<span>offrir ?</span></h3>"), "[h3 Vous souhaitez offrir ?]");
  EXPECT_EQ(shown("<h2>Web<span>Site</span></h2>"), "[h2 WebSite]");
  EXPECT_EQ(shown("<h2>O<span>nce upon</span></h2>"), "[h2 Once upon]");
  EXPECT_EQ(shown("<p>What they say<span>of us</span>"), "[What they sayof us]");
}

TEST(Headings, ParagraphsInLargeLettersAreNone) {
  const std::string sentence(220, 'x');
  EXPECT_EQ(shown("<h5>" + sentence + ".</h5>"), "[" + sentence + ".]");
  EXPECT_EQ(shown("<h5>" + sentence + "</h5>"), "[h5 " + sentence + "]");
}

TEST(Headings, LinksToThemselvesGo) {
  EXPECT_EQ(shown("<h2>Modules<a href=#modules class=headerlink>¶</a></h2>"), "[h2 Modules]");
  EXPECT_EQ(shown("<h2>History<span class=mw-editsection>[<a href='/w?action=edit'>edit</a>]</span></h2><p>A <span class=mw-editsection>b</span>"), "[h2 History][A b]");
  EXPECT_EQ(shown("<h2><a href=#m>#</a> Modules <a class=hash-link href=#m>&#8203;</a></h2>"), "[h2 Modules]");
  EXPECT_EQ(shown("<h2><a href=#c>C#</a></h2>"), "[h2 C#]");
  EXPECT_EQ(shown("<p>See <a href=#n>*</a>"), "[See *]");
  EXPECT_EQ(shown("<h2>What is <a href=/ops#eq>==</a>? <sup><a href=#n>*</a></sup></h2>"), "[h2 What is ==? *]");
}

TEST(Headings, WhatAriaCallsOne) {
  EXPECT_EQ(shown("<div role=heading aria-level=3>Power</div><p>Text"), "[h3 Power][Text]");
  EXPECT_EQ(shown("<div role=heading>Power</div>"), "[h2 Power]");
  EXPECT_EQ(shown("<div role=heading aria-level=3>" + std::string(700, 'x') + "</div>").substr(0, 3), "[xx");
}

TEST(Definitions, OfSeveralBoxesAreOne) {
  EXPECT_EQ(shown("<dl><dt>Milk<dd><span>300 ml</span><div>oat milk</div></dl>"), "[Milk][300 ml oat milk]");
}

TEST(Definitions, OfManyBlocks) {
  const std::string long_text(300, 'x');
  const Found found("<dl><dt>Milk</dt><dd><p>" + long_text + "</p><p>" + long_text + "</p></dd></dl>", as_captured);
  const Blocks& blocks = found.blocks;
  ASSERT_EQ(blocks.blocks.size(), 3u);
  EXPECT_TRUE(blocks.blocks[1].first_of_item);
  EXPECT_FALSE(blocks.blocks[2].first_of_item);
}

TEST(Tables, HeadedByHeadings) {
  EXPECT_NE(shown("<table><tr><td><td><h3>Basic</h3><td><h3>Pro</h3><tr><td>A<td>1<td>2<tr><td>B<td>3<td>4</table>").find("row"), std::string::npos);
  EXPECT_NE(shown("<table><caption><h4>Scores</h4></caption><tr><th>A<th>B<tr><td>1<td>2</table>").find("row"), std::string::npos);
  EXPECT_EQ(shown("<table><tr><td><h3>Site</h3><td><h3>Score</h3><tr><td>A<td>1<tr><td>B<td>2</table>"), "[row Site | Score][row A | 1][row B | 2]");
  EXPECT_EQ(shown("<table><tr><td><h3>Site</h3><td>text<tr><td>A<td>1<tr><td>B<td>2</table>").find("row"), std::string::npos);
}

TEST(Tables, PostsAreNone) {
  const std::string user = "<td><div>jane</div><div>Member</div><div>Joined: 2024</div><div>Posts: 3</div><div>Likes: 4</div><div>x</div>";
  const std::string post = "<td><div>Re: dogs</div><div>Hello.<br>I have<br>a dog.<br>It<br>barks.</div>";
  EXPECT_EQ(shown("<table><tr>" + user + post + "<tr><td>Reply<td>Quote</table>").find("row"), std::string::npos);
}

TEST(Streamed, PartsStandInTheirPlaces) {
  const std::string end = "<div hidden id=S:5><p>The story.</p></div><script>$RC=function(){};$RC(\"B:1\",\"S:5\")</script>";
  EXPECT_EQ(shown("<h1>Dogs</h1><!--$?--><template id=B:1></template><p>Loading</p><!--/$--><p>Footer</p>" + end), "[h1 Dogs][The story.][Footer]");
  EXPECT_EQ(shown("<template id=P:2></template><p>Footer</p><div hidden id=S:2>In</div><script>$RS(\"S:2\",\"P:2\")</script>"), "[In][Footer]");
  // Of a part of a part nothing behind the place is in its stead.
  EXPECT_EQ(shown("<div><template id=P:2></template><p>One</p><!--$--><p>Two</p><!--/$--></div><div hidden id=S:2>In</div><script>$RS(\"S:2\",\"P:2\")</script>"), "[In][One][Two]");
  EXPECT_EQ(shown("<!--$?--><template id=B:1></template><!--$--><p>load</p><!--/$--><p>ing</p><!--/$--><p>Footer</p>" + end), "[The story.][Footer]");
  std::string many;
  for (int i = 0; i < 255; ++i) many += "<p>x</p>";
  EXPECT_EQ(shown("<template id=B:1></template>" + many + "<!-- ad -->" + end).size(), 255u * 3 + std::string("[The story.]").size());
  // Nobody calls for it.
  EXPECT_EQ(shown("<template id=B:1></template><p>Footer</p><div hidden id=S:5>In</div>"), "[Footer](In)");
}

TEST(Streamed, HostilePlaces) {
  for (const char* html :
       {"<div hidden id=S:1><template id=B:1></template>x</div><script>$RC(\"B:1\",\"S:1\")</script>",
        "<template id=B:1></template><div hidden id=S:1>x</div><script>$RC(\"B:1\",\"S:1\");$RC(\"B:1\",\"S:1\")</script>",
        "<div hidden id=S:1><template id=B:2></template></div><div hidden id=S:2><template id=B:1></template></div><script>$RC(\"B:1\",\"S:1\");$RC(\"B:2\",\"S:2\")</script>",
        "<template id=B:1></template><script>$RC(\"B:1\",\"B:1\")</script>", "<template id=B:1></template><script>$RC(\"B:1\",</script>", "<template></template><script>$R</script>"})
    EXPECT_NO_FATAL_FAILURE(shown(html)) << html;
}

}  // namespace
}  // namespace offprint
