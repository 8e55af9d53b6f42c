package io.imaas.cli.init;

import java.util.List;

/** What can be begun, and how it goes on. */
enum Kind {
    PLATFORM,
    TENANT,
    SERVICE,
    SUITE,
    JENKINS;

    /** What to do next with the files in a folder. */
    List<String> next(String folder) {
        return switch (this) {
            case PLATFORM ->
                List.of("imaas validate " + folder, "imaas init tenant " + folder + " --name NAME --owner @NAME");
            case TENANT ->
                List.of("imaas validate " + folder, "imaas onboard --platform " + folder + " --dry-run --kubernetes");
            case SERVICE -> List.of("imaas dev run " + folder, "imaas lint " + folder);
            case SUITE -> List.of("imaas test " + folder + " --dry-run", "imaas test " + folder);
            case JENKINS ->
                List.of(
                        "put jenkins.yaml into the folder of CASC_JENKINS_CONFIG",
                        "commit the Jenkinsfile to a service's repository");
        };
    }
}
