package io.imaas.adapter.jobs;

import io.imaas.adapter.xml.MalformedXmlException;
import io.imaas.adapter.xml.XmlElement;
import io.imaas.adapter.xml.XmlParser;
import io.imaas.model.failure.FailureException;
import io.imaas.model.source.ExistingJob;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A job's {@code config.xml}, as Jenkins writes it into its home folder and as its REST API gives it. */
record JobConfig(XmlElement root) {
    static final String FILE = "config.xml";

    /** Bytes. */
    static final int LONGEST = 1 << 20;

    /** @throws FailureException INPUT when it can't be read */
    static JobConfig read(byte[] xml, String where) {
        if (xml.length > LONGEST) {
            throw unreadable(where, "it has more than " + LONGEST + " bytes");
        }
        try {
            return new JobConfig(new XmlParser().parse(xml, where).root());
        } catch (MalformedXmlException e) {
            throw unreadable(e.where().toString(), e.getMessage());
        }
    }

    static FailureException unreadable(String where, String why) {
        return FailureException.input("the job can't be read: " + why, where, "correct it, or leave it out");
    }

    /** Empty for a folder. */
    Optional<ExistingJob> job(String name) {
        if (root.name().endsWith("Folder")) {
            return Optional.empty();
        }
        if (root.name().endsWith("WorkflowMultiBranchProject")) {
            return Optional.of(new ExistingJob(
                    name,
                    "multibranch pipeline",
                    repository(root.child("sources")),
                    script(root.child("factory")),
                    own()));
        }
        if (root.name().equals("flow-definition")) {
            Optional<XmlElement> definition = root.child("definition");
            return Optional.of(new ExistingJob(
                    name,
                    "pipeline",
                    repository(definition.flatMap(one -> one.child("scm"))),
                    definition.flatMap(one -> one.child("script")).isPresent() ? "" : script(definition),
                    own()));
        }
        return Optional.of(new ExistingJob(name, "'" + root.name() + "' job", "", "", List.of()));
    }

    private static String script(Optional<XmlElement> of) {
        return of.flatMap(one -> one.child("scriptPath"))
                .map(path -> path.text().strip())
                .orElse("Jenkinsfile");
    }

    /** Plain Git, or the branch source of a Git server, which names owner and repository; empty where there are several. */
    private static String repository(Optional<XmlElement> in) {
        List<String> found = new ArrayList<>();
        in.ifPresent(sources -> {
            found.addAll(texts(sources, "remote"));
            found.addAll(texts(sources, "repositoryUrl"));
            if (found.isEmpty()) {
                found.addAll(texts(sources, "url"));
            }
            List<String> owners = texts(sources, "repoOwner");
            List<String> names = texts(sources, "repository");
            if (found.isEmpty() && owners.size() == 1 && names.size() == 1) {
                String server = texts(sources, "serverUrl").stream().findFirst().orElse("https://github.com");
                found.add(server.replaceFirst("/+$", "") + "/" + owners.get(0) + "/" + names.get(0) + ".git");
            }
        });
        // A login in a URL is nobody else's business.
        List<String> different = found.stream()
                .map(url -> url.replaceFirst("^(https?://)[^/@]*@", "$1"))
                .filter(url -> !url.isEmpty())
                .distinct()
                .toList();
        return different.size() == 1 ? different.get(0) : "";
    }

    private List<String> own() {
        List<String> own = new ArrayList<>();
        texts(root, "spec").stream().filter(spec -> !spec.isEmpty()).forEach(spec -> own.add("the schedule " + spec));
        if (!texts(root, "parameterDefinitions").isEmpty()) {
            own.add("parameters");
        }
        if (!texts(root, "script").isEmpty()) {
            own.add("a script in the job itself");
        }
        if (texts(root, "disabled").contains("true")) {
            own.add("being switched off");
        }
        return own;
    }

    /** Of all elements of this name, however deep. */
    private static List<String> texts(XmlElement in, String name) {
        List<String> texts = new ArrayList<>();
        in.walk(element -> {
            if (element.name().equals(name)) {
                texts.add(element.text().strip());
            }
        });
        return texts;
    }
}
