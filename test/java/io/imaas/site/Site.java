package io.imaas.site;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Code;
import org.commonmark.node.Heading;
import org.commonmark.node.Image;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.node.Text;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.html.HtmlRenderer;

/**
 * The documentation as static pages, at the places that the files have in the repository, so that every relative link stays
 * what it is. Pages have no script and name no address outside.
 */
final class Site {
    private static final List<String> NAVIGATION = List.of(
            "Begin|README.md",
            "Documentation|docs/index.md",
            "Tutorial|docs/tutorial.md",
            "Developer|docs/how-to/developer.md",
            "Previews|docs/how-to/previews.md",
            "Release manager|docs/how-to/release-manager.md",
            "Administrator|docs/how-to/administrator.md",
            "Auditor|docs/how-to/auditor.md",
            "Commands|docs/commands.md",
            "Troubleshooting|docs/troubleshooting.md");

    private final Path root;
    private final Path target;
    private final Parser parser =
            Parser.builder().extensions(List.of(TablesExtension.create())).build();
    private final List<String> dead = new ArrayList<>();

    /**
     * @param root of the repository
     * @param target a folder that is written
     */
    Site(Path root, Path target) {
        this.root = root;
        this.target = target;
    }

    /** Writes all pages; returns the links that lead nowhere, as {@code page -> link}. */
    List<String> write(List<Path> pages) throws IOException {
        TreeSet<Path> all = new TreeSet<>(pages);
        for (Path page : all) {
            Path to = target.resolve(html(page.toString()));
            Files.createDirectories(to.getParent());
            Files.writeString(to, page(page));
        }
        return List.copyOf(dead);
    }

    private String page(Path page) throws IOException {
        Node document = parser.parse(Files.readString(root.resolve(page)));
        String body = HtmlRenderer.builder()
                .extensions(List.of(TablesExtension.create()))
                .attributeProviderFactory(context -> anchors())
                .build()
                .render(linked(document, page));
        String up = "../".repeat(page.getNameCount() - 1);
        StringBuilder navigation = new StringBuilder();
        for (String entry : NAVIGATION) {
            String[] parts = entry.split("\\|");
            String here = parts[1].equals(page.toString()) ? " aria-current=\"page\"" : "";
            navigation.append("<a href=\"%s%s\"%s>%s</a>\n".formatted(up, html(parts[1]), here, parts[0]));
        }
        return """
                <!doctype html>
                <html lang="en">
                <head>
                <meta charset="utf-8">
                <meta name="viewport" content="width=device-width, initial-scale=1">
                <title>%s - IMaaS Orchestrator</title>
                <style>%s%s</style>
                </head>
                <body>
                <nav aria-label="Documentation">
                %s</nav>
                <main>
                %s</main>
                </body>
                </html>
                """
                .formatted(
                        title(document),
                        Files.readString(root.resolve("resources/report/report.css")),
                        Files.readString(root.resolve("test/fixtures/site/site.css")),
                        navigation,
                        body.replace("<table>", "<div class=\"wide\"><table>").replace("</table>", "</table></div>"));
    }

    /** A page's own place in the site: the one of the README is what a server shows first. */
    static String html(String page) {
        return page.equals("README.md") ? "index.html" : page.replaceFirst("\\.md$", ".html");
    }

    private static org.commonmark.renderer.html.AttributeProvider anchors() {
        Map<String, Integer> seen = new HashMap<>();
        return (node, tag, attributes) -> {
            if (node instanceof Heading) {
                String anchor = anchor(words(node));
                int times = seen.merge(anchor, 1, Integer::sum);
                attributes.put("id", times == 1 ? anchor : anchor + "-" + (times - 1));
            }
        };
    }

    /** As GitHub makes it of a heading. */
    static String anchor(String heading) {
        return heading.toLowerCase(Locale.ROOT)
                .replaceAll("[^\\p{L}\\p{N} _-]", "")
                .replace(' ', '-');
    }

    private static String words(Node node) {
        StringBuilder words = new StringBuilder();
        node.accept(new AbstractVisitor() {
            @Override
            public void visit(Text text) {
                words.append(text.getLiteral());
            }

            @Override
            public void visit(Code code) {
                words.append(code.getLiteral());
            }
        });
        return words.toString();
    }

    private static String title(Node document) {
        for (Node node = document.getFirstChild(); node != null; node = node.getNext()) {
            if (node instanceof Heading heading && heading.getLevel() == 1) {
                return words(heading).replace("&", "&amp;").replace("<", "&lt;");
            }
        }
        return "Documentation";
    }

    private Node linked(Node document, Path page) {
        document.accept(new AbstractVisitor() {
            @Override
            public void visit(Link link) {
                link.setDestination(destination(page, link.getDestination()));
                visitChildren(link);
            }

            @Override
            public void visit(Image image) {
                image.setDestination(destination(page, image.getDestination()));
                visitChildren(image);
            }
        });
        return document;
    }

    /** Pages are linked as pages; what else is linked comes along, and a folder is what it lists. */
    private String destination(Path page, String to) {
        if (to.matches("[a-z]+:.*") || to.startsWith("#")) {
            return to;
        }
        String[] parts = to.split("#", 2);
        Path file = page.resolveSibling(parts[0]).normalize();
        String anchor = parts.length == 1 ? "" : "#" + parts[1];
        try {
            if (Files.isDirectory(root.resolve(file))) {
                Files.createDirectories(target.resolve(file));
                Files.writeString(target.resolve(file).resolve("index.html"), listing(file));
                return parts[0].replaceFirst("/?$", "/index.html");
            }
            if (parts[0].endsWith(".md")) {
                return Path.of(page.toString()).equals(file)
                        ? anchor
                        : html(parts[0].replaceFirst(
                                        "(^|/)README\\.md$", file.equals(Path.of("README.md")) ? "$1index.md" : "$0"))
                                + anchor;
            }
            Files.createDirectories(target.resolve(file).getParent());
            Files.copy(root.resolve(file), target.resolve(file), StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            dead.add(page + " -> " + to);
        }
        return to;
    }

    private String listing(Path folder) throws IOException {
        StringBuilder items = new StringBuilder();
        try (Stream<Path> files = Files.list(root.resolve(folder))) {
            for (Path file : files.sorted().toList()) {
                String name = file.getFileName().toString();
                if (name.endsWith(".md")) {
                    items.append("<li><a href=\"%s\">%s</a></li>%n"
                            .formatted(html(name), title(parser.parse(Files.readString(file)))));
                }
            }
        }
        return "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>%s</title><main><h1>%s</h1><ul>%s</ul></main></html>%n"
                .formatted(folder, folder, items);
    }
}
