package io.imaas.adapter.dsse;

import io.imaas.model.failure.FailureException;
import io.imaas.model.identity.SigningKey;
import io.imaas.port.OwnKey;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.sshd.common.config.keys.FilePasswordProvider;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.util.io.resource.PathResource;
import org.apache.sshd.common.util.security.SecurityUtils;

/**
 * A private key in a file, as {@code ssh-keygen} writes it, without a passphrase. The file is made when it is needed and
 * is not there: ECDSA on P-256, which {@code git}, {@code openssl} and {@code cosign} all verify. A file that ends with
 * {@code .p12} is a PKCS#12 store with one key; its password is in the file of the same name with {@code .password} after it.
 */
public final class KeyFile implements OwnKey {
    private static final String NAME = "orchestrator";

    /** The order of the group of P-256 (SEC 2), which no other curve has. */
    private static final BigInteger P256 =
            new BigInteger("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551", 16);

    private static final int MOST = 1 << 20;

    private final Path path;
    private final AtomicReference<KeyPair> read = new AtomicReference<>();

    public KeyFile(Path path) {
        this.path = path;
    }

    @Override
    public boolean exists() {
        return Files.exists(path);
    }

    /** @throws FailureException INPUT when the file holds no key that can be used, or can't be made */
    @Override
    public SigningKey publicKey() {
        PublicKey key = pair().getPublic();
        return new SigningKey(
                NAME,
                isStore()
                        ? "-----BEGIN PUBLIC KEY----- " + DsseStatements.base64(key.getEncoded())
                                + " -----END PUBLIC KEY-----"
                        : line(key) + " imaas");
    }

    private static String line(PublicKey key) {
        return key instanceof ECPublicKey ec && ec.getParams().getOrder().equals(P256)
                ? OpenSshP256.line(ec)
                : PublicKeyEntry.toString(key);
    }

    @Override
    public byte[] sign(byte[] content) {
        PrivateKey key = pair().getPrivate();
        try {
            Signature signature = Signature.getInstance(
                    switch (key.getAlgorithm()) {
                        case "EC", "ECDSA" -> "SHA256withECDSA";
                        case "RSA" -> "SHA256withRSA";
                        default -> "Ed25519";
                    });
            signature.initSign(key);
            signature.update(content);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw unusable(e);
        }
    }

    private KeyPair pair() {
        KeyPair known = read.get();
        if (known == null) {
            make();
            try (InputStream in = Files.newInputStream(path)) {
                known = isStore() ? stored(in) : opened(in);
                read.set(known);
            } catch (IOException | GeneralSecurityException | RuntimeException e) {
                // The library throws what it likes on what is not a key.
                throw unusable(e);
            }
        }
        return known;
    }

    private KeyPair opened(InputStream in) throws IOException, GeneralSecurityException {
        byte[] content = in.readNBytes(MOST);
        Optional<KeyPair> usual = OpenSshP256.read(new String(content, StandardCharsets.US_ASCII));
        if (usual.isPresent()) {
            return usual.get();
        }
        Iterable<KeyPair> pairs = SecurityUtils.loadKeyPairIdentities(
                null, new PathResource(path), new ByteArrayInputStream(content), FilePasswordProvider.EMPTY);
        if (pairs == null || !pairs.iterator().hasNext()) {
            throw new InvalidKeyException("it holds no private key");
        }
        return pairs.iterator().next();
    }

    private boolean isStore() {
        return path.toString().endsWith(".p12");
    }

    private KeyPair stored(InputStream in) throws GeneralSecurityException, IOException {
        char[] password = Files.readString(path.resolveSibling(path.getFileName() + ".password"))
                .strip()
                .toCharArray();
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(in, password);
        List<String> keys = new ArrayList<>();
        for (String alias : Collections.list(store.aliases())) {
            if (store.isKeyEntry(alias)) {
                keys.add(alias);
            }
        }
        if (keys.size() != 1 || !(store.getKey(keys.get(0), password) instanceof PrivateKey key)) {
            throw new KeyStoreException("it holds " + keys.size() + " keys, not one: " + keys);
        }
        return new KeyPair(store.getCertificate(keys.get(0)).getPublicKey(), key);
    }

    /** Makes the file unless there is one; of two who begin at the same moment, one makes it and both read it. */
    public void make() {
        if (exists() || isStore()) {
            return;
        }
        try {
            Path folder = path.toAbsolutePath().getParent();
            Files.createDirectories(folder);
            KeyPair fresh = generate();
            Path whole = Files.createTempFile(
                    folder,
                    "key",
                    null,
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            try {
                Files.writeString(whole, OpenSshP256.write(fresh, "imaas"), StandardCharsets.US_ASCII);
                Files.createLink(path, whole);
                Files.writeString(
                        folder.resolve(path.getFileName() + ".pub"),
                        line(fresh.getPublic()) + " imaas\n",
                        StandardCharsets.US_ASCII);
            } catch (FileAlreadyExistsException another) {
                // Somebody was faster, and theirs is the key.
            } finally {
                Files.delete(whole);
            }
        } catch (IOException | GeneralSecurityException | UnsupportedOperationException e) {
            throw FailureException.input(
                    "the orchestrator's key can't be made: " + e.getMessage(),
                    path.toString(),
                    "name a file in a folder that can be written with --key FILE ($IMAAS_KEY)");
        }
    }

    private static KeyPair generate() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        return generator.generateKeyPair();
    }

    private FailureException unusable(Exception why) {
        return FailureException.input(
                "the orchestrator's key can't be used: "
                        + (why instanceof NoSuchFileException absent
                                ? "there is no " + absent.getFile()
                                : why.getMessage()),
                path.toString(),
                isStore()
                        ? "put the store there, and its password into " + path + ".password"
                        : "name a private key of OpenSSH without passphrase: ssh-keygen -t ed25519 -N '' -f FILE");
    }
}
