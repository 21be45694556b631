import CProcess

/// Lets this process have as many descriptors open as the system allows it, for a program that serves many clients.
///
/// Systems start programs with 1,024 and leave it to them to ask for more. What this process starts gets the limit that
/// was there before. Called once, before threads use descriptors.
package func raiseDescriptorLimit() { cprocess_raise_descriptor_limit() }
