package io.imaas.adapter.jobs;

import io.imaas.model.failure.FailureException;
import io.imaas.model.failure.Reason;
import io.imaas.model.source.ExistingJob;
import io.imaas.port.ExistingJobs;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/**
 * Jobs in the home folder of a Jenkins, or in a copy of it with the {@code config.xml} that its REST API gives: {@code
 * jobs/NAME/config.xml}, and for folders {@code jobs/FOLDER/jobs/NAME/config.xml}. Only read.
 */
public record JenkinsHome(Path home) implements ExistingJobs {
    private static final long LONGEST = 1L << 20;
    private static final int DEEPEST = 10;
    private static final String CONFIG = "config.xml";

    @Override
    public List<ExistingJob> all() {
        if (!Files.isDirectory(home.resolve("jobs"))) {
            throw FailureException.input(
                    "there is no folder 'jobs'", home.toString(), "name the home folder of a Jenkins, or a copy of it");
        }
        List<ExistingJob> found = new ArrayList<>();
        below(home, "", 0, found);
        return found;
    }

    private static void below(Path folder, String prefix, int depth, List<ExistingJob> found) {
        Path jobs = folder.resolve("jobs");
        if (depth > DEEPEST || !Files.isDirectory(jobs, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        for (Path job : sorted(jobs)) {
            Path config = job.resolve(CONFIG);
            String name = prefix + job.getFileName();
            if (Files.isRegularFile(config, LinkOption.NOFOLLOW_LINKS)) {
                job(read(config), name).ifPresent(found::add);
            }
            below(job, name + "/", depth + 1, found);
        }
    }

    private static List<Path> sorted(Path folder) {
        try (Stream<Path> all = Files.list(folder)) {
            return all.sorted(Comparator.comparing(Path::toString)).toList();
        } catch (IOException e) {
            throw unreadable(folder, Reason.of(e));
        }
    }

    /** A version 1.1 of XML, as Jenkins writes it, without anything that would be fetched or unfolded. */
    private static Element read(Path config) {
        try {
            if (Files.size(config) > LONGEST) {
                throw unreadable(config, "it has more than " + LONGEST + " bytes");
            }
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            factory.setXIncludeAware(false);
            factory.setExpandEntityReferences(false);
            var builder = factory.newDocumentBuilder();
            builder.setErrorHandler(null);
            return builder.parse(new ByteArrayInputStream(Files.readAllBytes(config)))
                    .getDocumentElement();
        } catch (IOException e) {
            throw unreadable(config, Reason.of(e));
        } catch (SAXException e) {
            throw unreadable(config, String.valueOf(e.getMessage()));
        } catch (ParserConfigurationException e) {
            throw new IllegalStateException("every Java has these features", e);
        }
    }

    private static FailureException unreadable(Path where, String why) {
        return FailureException.input("the job can't be read: " + why, where.toString(), "correct it, or leave it out");
    }

    private static Optional<ExistingJob> job(Element root, String name) {
        String type = root.getTagName();
        if (type.endsWith(".Folder") || type.endsWith("OrganizationFolder")) {
            return Optional.empty();
        }
        if (type.endsWith("WorkflowMultiBranchProject")) {
            List<String> repositories = repositories(child(root, "sources"));
            return Optional.of(new ExistingJob(
                    name, "multibranch pipeline", one(repositories), script(child(root, "factory")), own(root)));
        }
        if (type.equals("flow-definition")) {
            Element definition = child(root, "definition");
            return Optional.of(new ExistingJob(
                    name,
                    "pipeline",
                    one(repositories(child(definition, "scm"))),
                    child(definition, "script") == null ? script(definition) : "",
                    own(root)));
        }
        return Optional.of(new ExistingJob(name, "'" + type + "' job", "", "", List.of()));
    }

    private static String one(List<String> repositories) {
        return repositories.size() == 1 ? repositories.get(0) : "";
    }

    private static String script(Element of) {
        return Optional.ofNullable(child(of, "scriptPath"))
                .map(path -> path.getTextContent().strip())
                .orElse("Jenkinsfile");
    }

    /** Plain Git, or the branch source of a Git server, which names owner and repository. */
    private static List<String> repositories(Element in) {
        List<String> found = new ArrayList<>();
        if (in != null) {
            texts(in, "remote").forEach(found::add);
            texts(in, "repositoryUrl").forEach(found::add);
            if (found.isEmpty()) {
                texts(in, "url").forEach(found::add);
            }
            List<String> owners = texts(in, "repoOwner").toList();
            List<String> names = texts(in, "repository").toList();
            if (found.isEmpty() && owners.size() == 1 && names.size() == 1) {
                String server = texts(in, "serverUrl").findFirst().orElse("https://github.com");
                found.add(server.replaceFirst("/+$", "") + "/" + owners.get(0) + "/" + names.get(0) + ".git");
            }
        }
        // A login in a URL is nobody else's business.
        return found.stream()
                .map(url -> url.replaceFirst("^(https?://)[^/@]*@", "$1"))
                .filter(url -> !url.isEmpty())
                .distinct()
                .toList();
    }

    private static List<String> own(Element root) {
        List<String> own = new ArrayList<>();
        texts(root, "spec").filter(spec -> !spec.isEmpty()).forEach(spec -> own.add("the schedule " + spec));
        if (root.getElementsByTagName("parameterDefinitions").getLength() > 0) {
            own.add("parameters");
        }
        if (root.getElementsByTagName("script").getLength() > 0) {
            own.add("a script in the job itself");
        }
        if (texts(root, "disabled").anyMatch("true"::equals)) {
            own.add("being switched off");
        }
        return own;
    }

    private static Stream<String> texts(Element in, String tag) {
        NodeList all = in.getElementsByTagName(tag);
        return IntStream.range(0, all.getLength())
                .mapToObj(i -> all.item(i).getTextContent().strip());
    }

    private static Element child(Element of, String tag) {
        for (Node node = of == null ? null : of.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element element && element.getTagName().equals(tag)) {
                return element;
            }
        }
        return null;
    }
}
