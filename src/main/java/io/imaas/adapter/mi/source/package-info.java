/** The files of Micro Integrator projects, read safely: XML with the place of every element in the author's own text. */
package io.imaas.adapter.mi.source;
