package io.imaas.adapter.git;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;

/** A repository with the three environments of many tenants and a long history, made by git fast-import. */
final class BigRepository {
    private BigRepository() {}

    static GitFixture create(Path folder, int tenants, int commits) throws IOException {
        GitFixture repository = GitFixture.bare(folder);
        Path stream = folder.resolveSibling(folder.getFileName() + ".import");
        try (BufferedWriter out = Files.newBufferedWriter(stream)) {
            Random random = new Random(1);
            for (int commit = 0; commit < commits; commit++) {
                String message = "change " + commit + "\n\nImaas-Key: old" + commit + "\n";
                out.write("commit refs/heads/dev\ncommitter Pat <pat@example.org> " + (1_700_000_000L + commit)
                        + " +0000\ndata " + message.length() + "\n" + message + "\n");
                if (commit == 0) {
                    for (int tenant = 0; tenant < tenants; tenant++) {
                        for (String environment : new String[] {"dev", "test", "prod"}) {
                            file(out, tenant, environment, 0);
                        }
                    }
                } else {
                    file(out, random.nextInt(tenants), "dev", commit);
                }
            }
            out.write("done\n");
        }
        GitFixture.run(folder, "sh", "-c", "git fast-import --quiet --done < '" + stream + "' && git repack -adq");
        Files.delete(stream);
        return repository;
    }

    private static void file(BufferedWriter out, int tenant, String environment, int version) throws IOException {
        String content =
                "# " + environment + " of tenant " + tenant + "\nimage:\n  repository: r.example.org/t" + tenant
                        + "/api\n  digest: sha256:%064x\n  tag: v%d\nreplicas: 2\n"
                                .formatted(tenant * 7919L + version, version);
        out.write("M 100644 inline tenants/t%04d/%s.yaml\ndata %d\n%s\n"
                .formatted(tenant, environment, content.getBytes(StandardCharsets.UTF_8).length, content));
    }
}
