package com.listingsync.console.compare;

import static com.listingsync.console.compare.CompareText.number;
import static com.listingsync.console.compare.CompareText.percent;

import com.listingsync.console.compare.CompareReport.Column;
import com.listingsync.console.compare.CompareReport.Sample;
import com.listingsync.console.compare.CompareReport.Table;
import java.util.List;

/** A comparison as one HTML page that needs nothing else: no script, no address, light and dark. Stateless. */
public final class CompareHtml {

    private static final String HEAD = """
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
            <title>Old against new</title>
            <style>
            :root { color-scheme: light dark; --page: #fff; --ink: #1a1a1a; --line: #8888; --good: #0a6b2d; --bad: #a31515; --dim: #595959; }
            @media (prefers-color-scheme: dark) { :root { --page: #16181a; --ink: #ececec; --good: #5fd38a; --bad: #ff8f8f; --dim: #b0b0b0; } }
            body { background: var(--page); color: var(--ink); font: 1rem/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 72rem; padding: 0 1rem; }
            table { border-collapse: collapse; margin: 1rem 0; }
            caption { text-align: left; font-weight: 600; padding: .25rem 0; }
            th, td { border-bottom: 1px solid var(--line); padding: .25rem .75rem; text-align: left; vertical-align: top; }
            th, .n { white-space: nowrap; }
            .n { text-align: right; font-variant-numeric: tabular-nums; }
            .wide { overflow-x: auto; }
            code { overflow-wrap: anywhere; white-space: pre-wrap; }
            @media (max-width: 40rem) { body { margin: 1rem auto; } th, td { padding: .25rem .4rem; } }
            .good { color: var(--good); } .bad { color: var(--bad); } .dim { color: var(--dim); }
            </style>
            </head>
            <body>
            <main>
            <h1>Old against new</h1>
            """;

    private final StringBuilder page = new StringBuilder(HEAD);

    private CompareHtml() {}

    /** The page. */
    public static String of(CompareReport report) {
        CompareHtml html = new CompareHtml();
        html.summary(report);
        report.tables().forEach(html::table);
        return html.page.append("</main>\n</body>\n</html>\n").toString();
    }

    private void summary(CompareReport report) {
        page.append("<p class=\"")
                .append(report.isSame() ? "good" : "bad")
                .append("\"><strong>")
                .append(escaped(CompareText.verdict(report)))
                .append("</strong></p>\n<p>Old: ")
                .append(escaped(report.older()))
                .append("<br>New: ")
                .append(escaped(report.newer()))
                .append("</p>\n");
        begin(
                "Rows",
                List.of("Table", "Old", "New", "Same", "Different", "Only formatting", "Missing", "Extra", "Differing"),
                1);
        for (Table one : report.tables()) {
            if (one.problem().isPresent()) {
                page.append("<tr><th scope=\"row\">")
                        .append(escaped(one.name()))
                        .append("</th><td colspan=\"8\" class=\"bad\">");
                page.append(escaped("not compared: " + one.problem().get())).append("</td></tr>\n");
                continue;
            }
            row(
                    one.name(),
                    List.of(
                            number(one.older()),
                            number(one.newer()),
                            number(one.same()),
                            number(one.different()),
                            number(one.onlyFormatting()),
                            number(one.missing()),
                            report.sample() > 0 ? "not looked for" : number(one.extra()),
                            percent(one.share(one.differing()))));
        }
        end();
        page.append(
                "<p class=\"dim\">Missing: only the old table has the row. Extra: only the new one. Different: both have it, and a column"
                        + " says something else; of those only formatting: spaces, empty or null, or the same number or time written otherwise."
                        + "</p>\n");
    }

    private void table(Table table) {
        if (table.problem().isPresent()) {
            return;
        }
        page.append("<h2>").append(escaped(table.name())).append("</h2>\n");
        List<Column> differing = table.columns().stream()
                .filter(column -> column.different() > 0)
                .toList();
        if (differing.isEmpty()) {
            page.append("<p>No column differs in rows that both sides have.</p>\n");
        } else {
            begin(
                    "Columns of " + table.name() + " that differ",
                    List.of("Column", "Old column", "Different", "Only formatting", "Of all rows"),
                    2);
            for (Column column : differing) {
                page.append("<tr><th scope=\"row\">")
                        .append(escaped(column.name()))
                        .append("</th>");
                page.append("<td>").append(escaped(column.oldName())).append("</td>");
                numbers(List.of(
                        number(column.different()),
                        number(column.onlyFormatting()),
                        percent(table.share(column.different()))));
                page.append("</tr>\n");
            }
            end();
            differing.forEach(column -> samples(table, column));
        }
        keys("Missing: only the old table has them", table.missingKeys(), table.missing());
        keys("Extra: only the new table has them", table.extraKeys(), table.extra());
        names("Not compared, only in the new table", table.notInOld());
        names("Not compared, only in the old table", table.notInNew());
    }

    private void samples(Table table, Column column) {
        if (column.samples().isEmpty()) {
            return;
        }
        begin("Examples of " + column.name(), List.of("Row of " + table.name(), "Old", "New", ""), Integer.MAX_VALUE);
        for (Sample sample : column.samples()) {
            page.append("<tr><th scope=\"row\"><code>")
                    .append(escaped(sample.key()))
                    .append("</code></th>");
            value(sample.older().orElse("(hidden)"));
            value(sample.newer().orElse("(hidden)"));
            page.append("<td class=\"dim\">")
                    .append(sample.onlyFormatting() ? "only formatting" : "")
                    .append("</td></tr>\n");
        }
        end();
    }

    private void keys(String what, List<String> keys, long all) {
        if (all > 0) {
            names(what + " (" + number(all) + (keys.size() < all ? ", of which" : "") + ")", keys);
        }
    }

    private void names(String what, List<String> names) {
        if (names.isEmpty()) {
            return;
        }
        page.append("<h3>").append(escaped(what)).append("</h3>\n<p>");
        for (int i = 0; i < names.size(); i++) {
            page.append(i == 0 ? "" : ", ")
                    .append("<code>")
                    .append(escaped(names.get(i)))
                    .append("</code>");
        }
        page.append("</p>\n");
    }

    /** @param firstNumber index of the first heading above numbers */
    private void begin(String caption, List<String> headings, int firstNumber) {
        // Whoever has no mouse scrolls a wide table by its keys.
        page.append("<div class=\"wide\" tabindex=\"0\" role=\"group\" aria-label=\"")
                .append(escaped(caption))
                .append("\"><table>\n<caption>")
                .append(escaped(caption))
                .append("</caption>\n<thead><tr>");
        for (int i = 0; i < headings.size(); i++) {
            String heading = escaped(headings.get(i));
            page.append(
                            heading.isEmpty()
                                    ? "<td>"
                                    : i >= firstNumber ? "<th scope=\"col\" class=\"n\">" : "<th scope=\"col\">")
                    .append(heading)
                    .append(heading.isEmpty() ? "</td>" : "</th>");
        }
        page.append("</tr></thead>\n<tbody>\n");
    }

    private void row(String name, List<String> numbers) {
        page.append("<tr><th scope=\"row\">").append(escaped(name)).append("</th>");
        numbers(numbers);
        page.append("</tr>\n");
    }

    private void numbers(List<String> numbers) {
        numbers.forEach(number ->
                page.append("<td class=\"n\">").append(escaped(number)).append("</td>"));
    }

    private void value(String value) {
        page.append("<td><code>").append(escaped(value)).append("</code></td>");
    }

    private void end() {
        page.append("</tbody>\n</table></div>\n");
    }

    private static String escaped(String text) {
        StringBuilder escaped = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '&' -> escaped.append("&amp;");
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '"' -> escaped.append("&quot;");
                case '\'' -> escaped.append("&#39;");
                default -> escaped.append(c < ' ' && c != '\n' && c != '\t' ? '\ufffd' : c);
            }
        }
        return escaped.toString();
    }
}
