package io.imaas.report;

import io.imaas.plan.VisibleText;

/** One self-contained HTML page: no script, no address outside, light and dark, readable on a phone. */
public final class HtmlPage {
    private HtmlPage() {}

    /**
     * @param note one line of text below the title
     * @param body HTML, escaped already
     */
    public static String of(String title, String note, String body) {
        return "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">"
                + "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><title>"
                + escape(title)
                + "</title><style>"
                + Resource.text("/report/report.css")
                + "</style></head><body><main><header><h1>"
                + escape(title)
                + "</h1><p>"
                + escape(note)
                + "</p></header>"
                + body
                + "</main></body></html>\n";
    }

    /** Text as content or as a quoted attribute. */
    public static String escape(String text) {
        return VisibleText.of(text)
                .replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}
