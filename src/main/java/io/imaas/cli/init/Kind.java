package io.imaas.cli.init;

import java.util.List;

/** What can be begun, and how it goes on. */
enum Kind {
    PLATFORM("imaas validate %s", "imaas init tenant %s --name NAME"),
    TENANT("imaas validate %s", "imaas onboard NAME --dry-run"),
    SERVICE("imaas lint %s", "imaas build %s", "imaas test %s"),
    SUITE("imaas test %s --dry-run", "imaas test %s"),
    JENKINS(
            "put jenkins.yaml into the folder of CASC_JENKINS_CONFIG",
            "commit the Jenkinsfile to a service's repository");

    private final List<String> next;

    Kind(String... next) {
        this.next = List.of(next);
    }

    /** Commands that go on from here. */
    List<String> next(String folder) {
        return next.stream().map(line -> line.replace("%s", folder)).toList();
    }
}
