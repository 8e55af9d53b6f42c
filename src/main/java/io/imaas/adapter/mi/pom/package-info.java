/** What a project's {@code pom.xml} says, read by Maven's own model builder without starting Maven. */
package io.imaas.adapter.mi.pom;
