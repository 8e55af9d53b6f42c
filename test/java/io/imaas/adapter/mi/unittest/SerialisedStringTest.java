package io.imaas.adapter.mi.unittest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.imaas.adapter.mi.unittest.SerialisedString.NotAString;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.ObjectInputStream;
import java.io.Serial;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SerialisedStringTest {
    private static final int LIMIT = 1 << 20;
    private static final AtomicBoolean CANARY = new AtomicBoolean();

    private static String decode(byte[] bytes) throws IOException {
        return SerialisedString.decode(new ByteArrayInputStream(bytes), LIMIT);
    }

    /** Code that an object stream would run. */
    static final class Gadget implements Serializable {
        @Serial
        private static final long serialVersionUID = 1L;

        @Serial
        private void readObject(ObjectInputStream in) {
            CANARY.set(true);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 65_535, 65_536, 300_000})
    void shortAndLongStringsComeBack(int length) throws IOException {
        String text = "x".repeat(length);
        assertThat(decode(ProtocolServer.serialised(text))).isEqualTo(text);
        assertThat(SerialisedString.encode(text)).isEqualTo(ProtocolServer.serialised(text));
    }

    @Test
    void everyCharacterOfTheBasicPlaneAndBeyondComesBack() throws IOException {
        StringBuilder all = new StringBuilder();
        for (int c = 0; c < 0x10000; c++) {
            all.append((char) c);
        }
        String text = all.append("\uD83D\uDE00").toString();
        assertThat(decode(ProtocolServer.serialised(text))).isEqualTo(text);
    }

    @Property(tries = 200)
    void anyStringComesBack(@ForAll String text) throws IOException {
        assertThat(decode(ProtocolServer.serialised(text))).isEqualTo(text);
    }

    @Property(tries = 500)
    void anyBytesGiveAStringOrAnIoExceptionAndNothingElse(@ForAll @Size(max = 40) byte[] tail, @ForAll boolean magic) {
        byte[] bytes = magic ? concat(new byte[] {(byte) 0xAC, (byte) 0xED, 0, 5}, tail) : tail;
        try {
            assertThat(decode(bytes)).isNotNull();
        } catch (IOException e) {
            assertThat(e).hasMessageNotContaining("null");
        }
    }

    @Test
    void anythingButAStringIsRefusedBeforeAnyClassIsLookedAt() {
        HashMap<String, String> map = new HashMap<>();
        map.put("a", "b");
        for (Object object :
                List.of(new Gadget(), map, 42, new byte[] {1}, new String[] {"{}"}, String.class, Thread.State.NEW)) {
            assertThatThrownBy(() -> decode(ProtocolServer.serialised(object))).isInstanceOf(NotAString.class);
        }
        assertThatThrownBy(() -> decode(ProtocolServer.serialised(null))).isInstanceOf(NotAString.class);
        assertThat(CANARY).isFalse();
    }

    @Test
    void aHugeStatedLengthIsRefusedAtOnce() {
        byte[] bytes = ByteBuffer.allocate(13)
                .put(new byte[] {(byte) 0xAC, (byte) 0xED, 0, 5, 0x7C})
                .putLong(Long.MAX_VALUE)
                .array();
        assertThatThrownBy(() -> decode(bytes))
                .isInstanceOf(NotAString.class)
                .hasMessageContaining("9223372036854775807");
        byte[] negative = ByteBuffer.allocate(13)
                .put(new byte[] {(byte) 0xAC, (byte) 0xED, 0, 5, 0x7C})
                .putLong(-1)
                .array();
        assertThatThrownBy(() -> decode(negative)).isInstanceOf(NotAString.class);
    }

    @Test
    void aStatedLengthCostsNoMemoryUntilTheBytesCome() {
        int claimed = Integer.MAX_VALUE - 16;
        byte[] bytes = ByteBuffer.allocate(13)
                .put(new byte[] {(byte) 0xAC, (byte) 0xED, 0, 5, 0x7C})
                .putLong(claimed)
                .array();
        InputStream in = new ByteArrayInputStream(bytes);
        assertThatThrownBy(() -> SerialisedString.decode(in, Integer.MAX_VALUE)).isInstanceOf(EOFException.class);
    }

    @Test
    void aCutStreamIsACutStreamWhereverItEnds() {
        byte[] whole = ProtocolServer.serialised("h\u00e9llo");
        for (int length = 0; length < whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> decode(cut)).isInstanceOf(EOFException.class);
        }
    }

    private static byte[] concat(byte[] head, byte[] tail) {
        byte[] both = Arrays.copyOf(head, head.length + tail.length);
        System.arraycopy(tail, 0, both, head.length, tail.length);
        return both;
    }
}
