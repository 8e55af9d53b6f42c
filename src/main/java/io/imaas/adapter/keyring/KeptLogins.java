package io.imaas.adapter.keyring;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.imaas.model.failure.FailureException;
import io.imaas.model.failure.Reason;
import io.imaas.model.identity.Secret;
import io.imaas.port.RegistryLogins.Login;
import io.imaas.port.StoredLogins;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * Logins in the machine's keyring, and a file that lists which login is where. Where no keyring works the file has the
 * passwords too, and only its owner can read it.
 */
public final class KeptLogins implements StoredLogins {
    private static final ObjectMapper JSON =
            new ObjectMapper().setDefaultPropertyInclusion(JsonInclude.Include.NON_NULL);
    private static final Set<PosixFilePermission> OWN = PosixFilePermissions.fromString("rw-------");

    private final Path file;
    private final Keyrings keyrings;

    /**
     * One line of the file.
     *
     * @param keyring the program that has the password; null: none
     * @param password null where a keyring has it
     */
    private record Entry(String user, String keyring, String password) {}

    private KeptLogins(Path file, Keyrings keyrings) {
        this.file = file;
        this.keyrings = keyrings;
    }

    /**
     * Of the person whose environment this is; empty for a process that has none.
     *
     * @param environment with {@code XDG_CONFIG_HOME} or {@code HOME}, and the {@code PATH} to keyrings
     */
    public static Optional<KeptLogins> of(Map<String, String> environment) {
        String home = environment.getOrDefault("HOME", environment.getOrDefault("USERPROFILE", ""));
        String base = environment.getOrDefault("XDG_CONFIG_HOME", home.isEmpty() ? "" : home + "/.config");
        return base.isEmpty()
                ? Optional.empty()
                : Optional.of(new KeptLogins(Path.of(base, "imaas", "logins.json"), new Keyrings(environment)));
    }

    @Override
    public Optional<Login> find(String address) {
        return Optional.ofNullable(read().get(address)).map(entry -> new Login(entry.user(), password(address, entry)));
    }

    private Secret password(String address, Entry entry) {
        return entry.keyring() == null
                ? new Secret(String.valueOf(entry.password()))
                : keyrings.named(entry.keyring())
                        .flatMap(keyring -> keyring.find(address))
                        .orElseThrow(() -> FailureException.external(
                                "the login is in " + entry.keyring() + ", which does not give it",
                                address,
                                "unlock it, or: imaas login " + address,
                                (Throwable) null));
    }

    @Override
    public String store(String address, Login login) {
        return alone(() -> kept(address, login));
    }

    private String kept(String address, Login login) {
        Map<String, Entry> all = read();
        Optional<String> keyring = keyrings.of(address)
                .filter(one -> one.keeps(address, login))
                .map(Keyring::name)
                .findFirst();
        all.put(
                address,
                keyring.map(name -> new Entry(login.user(), name, null))
                        .orElseGet(() ->
                                new Entry(login.user(), null, login.password().reveal())));
        write(all);
        return keyring.map(name -> "in " + name)
                        .orElse("in " + file + ", which only you can read; no keyring works here ("
                                + String.join(", ", Keyring.usual()) + ")")
                + keyrings.ofDocker(address)
                        .findFirst()
                        .filter(named -> !keyring.equals(Optional.of(named)))
                        .map(named -> "; " + named + ", which Docker's configuration names, "
                                + (keyrings.named(named).isPresent()
                                        ? "did not keep it: try " + named + " list"
                                        : "is not on the PATH"))
                        .orElse("");
    }

    @Override
    public Optional<Login> renew(String address, UnaryOperator<Login> newer) {
        return alone(() -> find(address).map(before -> {
            Login now = newer.apply(before);
            if (!now.equals(before)) {
                kept(address, now);
            }
            return now;
        }));
    }

    @Override
    public Map<String, String> users() {
        Map<String, String> users = new TreeMap<>();
        read().forEach((address, entry) -> users.put(address, String.valueOf(entry.user())));
        return users;
    }

    @Override
    public boolean remove(String address) {
        return alone(() -> {
            Map<String, Entry> all = read();
            Entry before = all.remove(address);
            if (before == null) {
                return false;
            }
            Optional.ofNullable(before.keyring())
                    .flatMap(keyrings::named)
                    .ifPresent(keyring -> keyring.remove(address));
            write(all);
            return true;
        });
    }

    private Map<String, Entry> read() {
        try {
            return Files.exists(file)
                    ? new TreeMap<>(JSON.readValue(file.toFile(), new TypeReference<Map<String, Entry>>() {}))
                    : new TreeMap<>();
        } catch (IOException e) {
            // Its message may quote a password.
            throw FailureException.input(
                    "the logins can't be read: " + Reason.of(e), file.toString(), "remove the file, and log in again");
        }
    }

    /** Whoever reads meanwhile has the old or the new file, and nobody else can read either. */
    private void write(Map<String, Entry> all) {
        try {
            Path fresh = Files.createTempFile(file.getParent(), "logins", ".json", ownersOnly());
            JSON.writerWithDefaultPrettyPrinter().writeValue(fresh.toFile(), all);
            Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw unwritable(e);
        }
    }

    private FileAttribute<?>[] ownersOnly() {
        boolean posix = file.getFileSystem().supportedFileAttributeViews().contains("posix");
        return posix ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(OWN)} : new FileAttribute<?>[0];
    }

    private synchronized <T> T alone(Supplier<T> work) {
        try {
            Files.createDirectories(file.getParent());
            try (FileChannel channel = FileChannel.open(
                    file.resolveSibling("logins.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
                // Held until the channel is closed.
                channel.lock();
                return work.get();
            }
        } catch (IOException e) {
            throw unwritable(e);
        }
    }

    private FailureException unwritable(IOException cause) {
        return FailureException.external(
                "the logins can't be written: " + Reason.of(cause),
                file.toString(),
                "check the folder's rights",
                cause);
    }
}
