package io.imaas.adapter.mi.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.imaas.adapter.xml.XmlElement;
import io.imaas.adapter.xml.XmlParser;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class CarXmlTest {
    @Test
    void anElementIsCopiedAsThePluginsSerialiserWritesIt() {
        assertThat(copied("<e  b='2'   a=\"1 &amp; &quot;\"/>")).isEqualTo("<e b=\"2\" a=\"1 &amp; &quot;\"/>\n");
        assertThat(copied("<e> </e>")).isEqualTo("<e/>\n");
        assertThat(copied("<e>  lead\n trail  </e>")).isEqualTo("<e>  lead\n trail  </e>\n");
        assertThat(copied("<e><![CDATA[a<b]]></e>")).isEqualTo("<e>a&lt;b</e>\n");
        assertThat(copied("<e><!-- c --></e>")).isEqualTo("<e>\n    <!-- c -->\n</e>\n");
        assertThat(copied("<e>text <b>bold</b> tail</e>"))
                .isEqualTo("<e>\n    text \n    <b>bold</b>\n     tail\n</e>\n");
    }

    @Test
    void whatThePluginWritesAsAReferenceIsOneHereToo() {
        assertThat(copied("<e k='&#9;&#10;&#13;>&#128512;&#x85;'/>"))
                .isEqualTo("<e k=\"&#9;&#10;&#13;&gt;&#128512;\u0085\"/>\n");
        assertThat(copied("<e>\u00fc\u20ac\"'&#13;>&#128512;&#x85;</e>"))
                .isEqualTo("<e>\u00fc\u20ac\"'&#13;&gt;&#128512;&#133;</e>\n");
    }

    @Property(tries = 300)
    void anyTextComesBackFromBothPlaces(@ForAll String raw) {
        String text = raw.codePoints()
                .filter(c ->
                        c == '\n' || c == '\t' || (c >= ' ' && c < 0xD800) || (c >= 0xE000 && c < 0xFFFE) || c > 0xFFFF)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
        byte[] written = new CarXml().text("e", text, "k", text).bytes();

        XmlElement read = XmlParser.read(written, "x");

        assertThat(read.text()).isEqualTo(text);
        assertThat(read.attribute("k")).isEqualTo(text);
    }

    @Property(tries = 300)
    void lookingIntoAnyBytesNeverThrows(@ForAll @Size(max = 200) byte[] bytes, @ForAll boolean like) {
        String start = like ? "<?xml version=\"1.0\"?><api name=\"" : "";
        byte[] content = (start + new String(bytes, StandardCharsets.ISO_8859_1)).getBytes(StandardCharsets.ISO_8859_1);

        assertThatCode(() -> XmlParser.rootOf(content, "x")).doesNotThrowAnyException();
    }

    private static String copied(String element) {
        String xml = new String(
                new CarXml()
                        .copy(XmlParser.read(element.getBytes(StandardCharsets.UTF_8), "x"))
                        .bytes(),
                StandardCharsets.UTF_8);
        assertThat(xml).startsWith("<?xml version=\"1.0\" encoding=\"UTF-8\"?>");
        return xml.substring("<?xml version=\"1.0\" encoding=\"UTF-8\"?>".length());
    }
}
