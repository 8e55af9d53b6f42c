/** Holds an MI project, and the CAR made from it, to what the Micro Integrator will need. */
package io.imaas.adapter.mi.verify;
