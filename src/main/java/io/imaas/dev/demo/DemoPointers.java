package io.imaas.dev.demo;

import io.imaas.dev.world.WorldFolder;
import io.imaas.report.Report;
import java.nio.file.Path;
import java.util.List;

/** Where the demo's truth can be seen without this project's code. */
public final class DemoPointers {
    private DemoPointers() {}

    /**
     * @param config with which commands find the demo's world
     * @param launcher the folder where {@code imaas} is; null: it is known to the shell
     * @param port the registry's
     */
    public static List<Report.Pointer> of(WorldFolder folder, Path config, String launcher, int port) {
        return List.of(
                new Report.Pointer(
                        "so that every imaas command printed here runs",
                        "export IMAAS_CONFIG='" + config + "'"
                                + (launcher == null ? "" : " PATH='" + launcher + "':\"$PATH\"")),
                new Report.Pointer("this report", folder.below("report.html").toString()),
                new Report.Pointer(
                        "what runs in prod",
                        "git --git-dir " + folder.repository("orders-gitops")
                                + " show prod:services/order-api/release.yaml"),
                new Report.Pointer(
                        "who changed what, and why",
                        "git --git-dir " + folder.repository("orders-gitops") + " log --graph --all"),
                new Report.Pointer(
                        "what rollouts found out",
                        "git --git-dir " + folder.repository("orders-gitops") + " ls-tree -r imaas/records"),
                new Report.Pointer(
                        "who asked for order-report in prod, who agreed, and what the gates found",
                        "imaas evidence verify " + folder.below("evidence.json")),
                new Report.Pointer(
                        "the images, an OCI layout", folder.below("registry").toString()),
                new Report.Pointer(
                        "the registry again, which promotions ask for images",
                        "imaas registry " + folder.below("registry") + " --port " + port),
                new Report.Pointer(
                        "what was applied to the cluster",
                        folder.below("cluster").toString()),
                new Report.Pointer(
                        "the tenant's Jenkins jobs", folder.below("jobs").toString()));
    }
}
