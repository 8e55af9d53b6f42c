package io.imaas.server;

import io.imaas.app.access.Visitor;
import io.imaas.model.event.CloudEvent;
import io.imaas.model.event.CloudEvent.StoredEvent;
import io.imaas.model.failure.FailureException;
import io.imaas.model.identity.Secret;
import io.imaas.server.Problems.HttpProblem;
import io.imaas.server.api.Route;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * The events that somebody sees. Who does not see all of them does not learn how many others there are, nor when: what
 * is hidden takes no room on a page, and a position in the log is told encrypted, in other characters each time.
 */
final class Timeline {
    /** How many events are looked at for one page. */
    private static final int GROUP = 1_000;

    private static final int GROUPS = 50;
    private static final int NONCE = 12;
    private static final int TAG = 16;
    private static final int SEALED = NONCE + Long.BYTES + TAG;
    private static final String SECRET = "[A-Za-z0-9_-]{48}";

    private final Served served;
    private final SecretKeySpec key;
    private final SecureRandom random = new SecureRandom();

    /**
     * Some events, in order.
     *
     * @param next the position after which to go on
     * @param gap whether the position that was asked for is not one of an event that is kept
     */
    record Part(List<StoredEvent> events, long next, boolean gap) {}

    /** @param secret the same for all servers of the platform, so that each understands the others' positions */
    Timeline(Served served, Secret secret) {
        this.served = served;
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.reveal().getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            this.key = new SecretKeySpec(mac.doFinal("positions".getBytes(StandardCharsets.UTF_8)), "AES");
        } catch (GeneralSecurityException e) {
            throw FailureException.defect("Java lacks HMAC with SHA-256", e);
        }
    }

    Part after(Visitor visitor, long position, int limit, Predicate<CloudEvent> wanted) {
        List<StoredEvent> shown = new ArrayList<>();
        long next = Math.min(position, served.hub().last());
        boolean more = true;
        for (int group = 0; group < GROUPS && more && shown.size() < limit; group++) {
            List<StoredEvent> found = served.hub().after(next, visitor.seesAll() ? limit : GROUP);
            List<StoredEvent> visible = served.visible(visitor, found).stream()
                    .filter(stored -> wanted.test(stored.event()))
                    .toList();
            int room = limit - shown.size();
            shown.addAll(visible.subList(0, Math.min(room, visible.size())));
            more = !found.isEmpty();
            if (more) {
                StoredEvent last = visible.size() > room ? visible.get(room - 1) : found.get(found.size() - 1);
                next = last.position();
            }
        }
        return new Part(shown, next, !served.hub().keeps(position));
    }

    /** The newest before a position, the newest first; next is the position before which to go on, 0 when none are left. */
    Part before(Visitor visitor, long position, int limit) {
        List<StoredEvent> shown = new ArrayList<>();
        long next = position;
        for (int group = 0; group < GROUPS && next > 0 && shown.size() < limit; group++) {
            List<StoredEvent> found = served.hub().before(next, visitor.seesAll() ? limit : GROUP);
            shown.addAll(served.visible(visitor, found));
            next = found.isEmpty() ? 0 : found.get(found.size() - 1).position();
        }
        boolean full = shown.size() >= limit;
        List<StoredEvent> page = full ? shown.subList(0, limit) : shown;
        return new Part(page, full ? page.get(limit - 1).position() : next, false);
    }

    /** A position as a visitor gets to know it: a number, or for who does not see all a text of their own. */
    Object told(Visitor visitor, long position) {
        if (visitor.seesAll()) {
            return position;
        }
        byte[] nonce = new byte[NONCE];
        random.nextBytes(nonce);
        try {
            byte[] plain = ByteBuffer.allocate(Long.BYTES).putLong(position).array();
            ByteBuffer both = ByteBuffer.allocate(SEALED).put(nonce);
            both.put(cipher(Cipher.ENCRYPT_MODE, visitor, nonce).doFinal(plain));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(both.array());
        } catch (GeneralSecurityException e) {
            throw FailureException.defect("a position can't be encrypted", e);
        }
    }

    /**
     * What was told, or 0 for the beginning. A text that was not told to this visitor counts as a position of which nothing
     * is known any more.
     *
     * @param otherwise where nothing was given
     * @throws HttpProblem 400 when who sees all gives what nobody was told
     */
    long position(Visitor visitor, UnaryOperator<String> given, String name, long otherwise) {
        String text = given.apply(name);
        if (text == null || text.equals("0") || (visitor.seesAll() && !text.matches(SECRET))) {
            return Query.number(given, name, otherwise, Route.LARGEST);
        }
        try {
            byte[] both = Base64.getUrlDecoder().decode(text);
            if (both.length == SEALED) {
                byte[] nonce = Arrays.copyOf(both, NONCE);
                byte[] opened = cipher(Cipher.DECRYPT_MODE, visitor, nonce).doFinal(both, NONCE, SEALED - NONCE);
                return ByteBuffer.wrap(opened).getLong();
            }
        } catch (IllegalArgumentException | GeneralSecurityException notOurs) {
            // As is said below.
        }
        return Route.LARGEST;
    }

    private Cipher cipher(int mode, Visitor visitor, byte[] nonce) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key, new GCMParameterSpec(TAG * Byte.SIZE, nonce));
        cipher.updateAAD(visitor.actor().name().getBytes(StandardCharsets.UTF_8));
        return cipher;
    }
}
