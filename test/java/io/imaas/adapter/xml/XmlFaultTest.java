package io.imaas.adapter.xml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Broken XML is told in our words, whatever the JDK's parser says and in which language. */
class XmlFaultTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "<a><soapenv:Envelope/></a>| the prefix 'soapenv' of <soapenv:Envelope> is not declared | 1:4",
                "<a x:y=\"1\"/>| the prefix 'x' of the attribute x:y is not declared | 1:1",
                "<a xmlns:x=\"u\"><x:b></a>| </a> stands where </x:b> is expected: <x:b> of line 1 is not closed | 1:21",
                "<!-- c --><?xml version=\"1.0\"?><a/>| nothing may stand before <?xml, not even a blank line or a comment | 1:11",
                "<a><b></b>| <a> is never closed | 1:1",
                "<a b=\"1\" b=\"2\"/>| <a> has the attribute b twice | 1:10",
                "<a b=1/>| the attribute b of <a> has no value in closed quotes | 1:4",
                "<a b=\"x<y\"/>| '<' may not stand in the value of b: write &lt;, or close the quotes before it | 1:4",
                "<a>Q&A</a>| '&' begins no entity here; write &amp; for the character | 1:5",
                "<a>&nbsp;</a>| the entity 'nbsp' is not declared | 1:4",
                "<a>1 < 2</a>| '<' begins no tag here; write &lt; for the character | 1:6",
                "<a/><b/>| <b> stands behind the end of the root element <a> | 1:5",
                "<a/>x| text stands outside of the root element | 1:5",
                "<a><!-- x -- y --></a>| '--' may not stand within a comment | 1:11",
                "<a><![CDATA[x</a>| '<![CDATA[' is never closed by ']]>' | 1:4",
                "</a>| </a> closes nothing | 1:1",
                "<a>x]]></a>| ']]>' ends no CDATA section here; write ]]&gt; for the characters | 1:5",
                "<a xmlns:s=\"\"/>| xmlns:s of <a> names no namespace | 1:1",
                "<?xml version=\"2.0\"?><a/>| <?xml …?> must say version=\"1.0\", then perhaps encoding and standalone | 1:1",
                "<?xml encoding=\"UTF-8\" version=\"1.0\"?><a/>| <?xml …?> must say version=\"1.0\", then perhaps encoding and standalone | 1:1",
                "<?xml version=\"1.0\"?><?xml version=\"1.0\"?><a/>| '<?' needs a name behind it, and <?xml …?> may stand at the beginning only | 1:22",
                "<a><? b?></a>| '<?' needs a name behind it, and <?xml …?> may stand at the beginning only | 1:4",
                "<a></ a>| no blank may stand behind '</' | 1:4",
                "<a b=\"&#0;\"/>| &#0; is not a character of XML | 1:7",
                "<a>&#x110000;</a>| &#x110000; is not a character of XML | 1:4",
                "<a>\uFFFE</a>| the control character U+FFFE is not allowed in XML | 1:4",
                "<a xmlns:x=\"u\" xmlns:y=\"u\" x:b=\"\" y:b=\"\"/>| <a> has the attribute b twice, by two prefixes of one namespace | 1:1",
                "<a xmlns:xml=\"u\"/>| xmlns:xml of <a> is reserved | 1:1",
                "<a xmlns:x=\"http://www.w3.org/2000/xmlns/\"/>| xmlns:x of <a> is reserved | 1:1",
                "<a ~!~/>| the tag <a is not closed by '>' | 1:4",
            })
    void eachFaultHasItsWordsAndItsPlace(String xml, String words, String place) {
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.GERMANY);
            assertThatThrownBy(() -> new XmlParser().parse(xml.replace("~", "").getBytes(StandardCharsets.UTF_8), "f"))
                    .isInstanceOfSatisfying(MalformedXmlException.class, e -> {
                        assertThat(e).hasMessage(words);
                        assertThat(e.where()).hasToString("f:" + place);
                    });
        } finally {
            Locale.setDefault(before);
        }
    }

    @Property(tries = 500)
    void anyTextIsReadOrRefusedInOurWords(@ForAll String text) {
        assertThatCode(() -> {
                    try {
                        new XmlParser().parse(("<a b='" + text + "'>" + text).getBytes(StandardCharsets.UTF_8), "f");
                    } catch (MalformedXmlException e) {
                        assertThat(e).hasMessageNotContainingAny("http://", "Message:", "ParseError");
                    }
                })
                .doesNotThrowAnyException();
    }
}
