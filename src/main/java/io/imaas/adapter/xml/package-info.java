/** XML that nobody vouched for, read safely, with the place of every element in the author's own text. */
package io.imaas.adapter.xml;
