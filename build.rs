//! Has the program built anew when a file of the default theme changes: the theme is part of it.

fn main() {
    println!("cargo:rerun-if-changed=templates");
    println!("cargo:rerun-if-changed=static");
}
