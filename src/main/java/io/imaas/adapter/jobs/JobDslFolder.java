package io.imaas.adapter.jobs;

import io.imaas.model.failure.Effect;
import io.imaas.model.failure.FailureException;
import io.imaas.model.failure.Reason;
import io.imaas.model.tenancy.Service;
import io.imaas.model.tenancy.Tenant;
import io.imaas.port.JobServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Writes a tenant's jobs as scripts of Jenkins' Job DSL, one file a folder and one a service: what a seed job would run.
 * On a controller the plugin makes the same jobs itself. Job DSL takes letters, digits and underscores in a script's name
 * and no digit first; a folder for each tenant keeps {@code a} with {@code b-c} and {@code a-b} with {@code c} apart.
 *
 * @param writes whether what differs is written, or only told
 */
public record JobDslFolder(Path folder, boolean writes) implements JobServer {
    private static final String FOLDER = "Jenkins folder";
    private static final String JOB = "Jenkins job";

    @Override
    public List<Effect> ensureFolder(Tenant tenant) {
        String script =
                """
                folder(%s) {
                    displayName(%s)
                }
                """
                        .formatted(quote(tenant.name().value()), quote(tenant.displayName()));
        return List.of(write(FOLDER, tenant.name().value(), file(tenant), script));
    }

    @Override
    public List<Effect> ensureJob(Tenant tenant, Service service) {
        String name = tenant.name() + "/" + service.name();
        String script =
                """
                multibranchPipelineJob(%s) {
                    branchSources {
                        git {
                            id(%s)
                            remote(%s)
                        }
                    }
                    orphanedItemStrategy { discardOldItems { numToKeep(20) } }
                }
                """
                        .formatted(
                                quote(name),
                                quote(name),
                                quote(service.repository().value()));
        return List.of(write(JOB, name, file(tenant, service), script));
    }

    /** Takes the script away; whether the job goes with it is the seed job's to say ({@code removedJobAction}). */
    @Override
    public List<Effect> removeJob(Tenant tenant, Service service) {
        String name = tenant.name() + "/" + service.name();
        return List.of(remove(JOB, name, file(tenant, service), jobHead(tenant, service)));
    }

    @Override
    public List<String> foreign(Tenant tenant) {
        Stream<String> jobs = tenant.services().stream()
                .filter(service -> isForeign(file(tenant, service), jobHead(tenant, service)))
                .map(service -> file(tenant, service));
        Stream<String> folders = Stream.of(file(tenant)).filter(file -> isForeign(file, folderHead(tenant)));
        return Stream.concat(jobs, folders)
                .map(file -> folder.resolve(file).toString())
                .toList();
    }

    private static String file(Tenant tenant) {
        return "tenant_" + tenant.name().value().replace('-', '_') + ".groovy";
    }

    private static String file(Tenant tenant, Service service) {
        return file(tenant).replace(".groovy", "/") + service.name().value().replace('-', '_') + ".groovy";
    }

    /** How a script of ours begins. */
    private static String folderHead(Tenant tenant) {
        return "folder(" + quote(tenant.name().value()) + ")";
    }

    private static String jobHead(Tenant tenant, Service service) {
        return "multibranchPipelineJob(" + quote(tenant.name() + "/" + service.name()) + ")";
    }

    private boolean isForeign(String file, String head) {
        Path path = folder.resolve(file);
        try {
            return Files.exists(path) && !Files.readString(path).startsWith(head);
        } catch (IOException e) {
            throw FailureException.external(
                    "a job can't be read: " + Reason.of(e), path.toString(), "check the folder's rights", e);
        }
    }

    @Override
    public List<Effect> removeFolder(Tenant tenant) {
        List<Effect> effects = new ArrayList<>();
        tenant.services().forEach(service -> effects.addAll(removeJob(tenant, service)));
        String name = tenant.name().value();
        effects.add(remove(FOLDER, name, file(tenant), folderHead(tenant)));
        return effects;
    }

    /** @param head how a script of ours begins: the names of files alone could be another tenant's */
    private Effect remove(String type, String name, String file, String head) {
        Path path = folder.resolve(file);
        try {
            if (!Files.exists(path)) {
                return Effect.unchanged(type, name);
            }
            if (!Files.readString(path).startsWith(head)) {
                throw FailureException.policy(
                        "it is not deleted: it does not begin with " + head, path.toString(), "delete it by hand");
            }
            if (writes) {
                Files.delete(path);
            }
            return Effect.deleted(type, name, "");
        } catch (IOException e) {
            throw FailureException.external(
                    "a job can't be removed: " + Reason.of(e), path.toString(), "check the folder's rights", e);
        }
    }

    private Effect write(String type, String name, String file, String script) {
        Path path = folder.resolve(file);
        try {
            boolean there = Files.exists(path);
            if (there && Files.readString(path).equals(script)) {
                return Effect.unchanged(type, name);
            }
            if (writes) {
                Files.createDirectories(path.getParent());
                Path fresh = folder.resolve(file + ".new");
                Files.write(fresh, script.getBytes(StandardCharsets.UTF_8));
                Files.move(fresh, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            }
            return there ? Effect.updated(type, name, "") : Effect.created(type, name, "");
        } catch (IOException e) {
            throw FailureException.external(
                    "a job can't be written: " + Reason.of(e),
                    path.toString(),
                    "free space on the disk, or check the folder's rights",
                    e);
        }
    }

    /** A Groovy string literal without interpolation. */
    private static String quote(String text) {
        return "'"
                + text.replace("\\", "\\\\")
                        .replace("'", "\\'")
                        .replace("\n", "\\n")
                        .replace("\r", "") + "'";
    }
}
