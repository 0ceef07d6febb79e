//! A page as a tree: elements with attributes, and text.

/// The kind of markup that an element belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::bundle) enum Space {
    /// HTML.
    Html,
    /// A drawing.
    Svg,
    /// A formula.
    MathMl,
}

impl Space {
    /// The address that names it in XML.
    pub(in crate::bundle) fn address(self) -> &'static str {
        match self {
            Self::Html => "http://www.w3.org/1999/xhtml",
            Self::Svg => "http://www.w3.org/2000/svg",
            Self::MathMl => "http://www.w3.org/1998/Math/MathML",
        }
    }
}

/// An element.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::bundle) struct Element {
    /// What it is called: `p`, `a`, `linearGradient`.
    pub name: String,
    /// What it belongs to.
    pub space: Space,
    /// Its attributes; no name stands twice.
    pub attributes: Vec<(String, String)>,
    /// What is in it.
    pub children: Vec<Node>,
}

/// What stands in an element.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::bundle) enum Node {
    /// Text, as it is read.
    Text(String),
    /// An element.
    Element(Element),
}

impl Element {
    /// An element of HTML, with nothing in it.
    pub(in crate::bundle) fn new(name: &str) -> Self {
        Self { name: name.to_owned(), space: Space::Html, attributes: Vec::new(), children: Vec::new() }
    }

    /// The same with an attribute.
    #[must_use]
    pub(in crate::bundle) fn with(mut self, name: &str, value: &str) -> Self {
        self.set(name, value);
        self
    }

    /// The same with something more in it.
    #[must_use]
    pub(in crate::bundle) fn holding(mut self, node: impl Into<Node>) -> Self {
        self.children.push(node.into());
        self
    }

    /// The value of an attribute.
    pub(in crate::bundle) fn get(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(own, _)| own == name).map(|(_, value)| value.as_str())
    }

    /// Gives an attribute a value.
    pub(in crate::bundle) fn set(&mut self, name: &str, value: &str) {
        match self.attributes.iter_mut().find(|(own, _)| own == name) {
            Some((_, old)) => value.clone_into(old),
            None => self.attributes.push((name.to_owned(), value.to_owned())),
        }
    }

    /// Takes an attribute away and says what its value was.
    pub(in crate::bundle) fn take(&mut self, name: &str) -> Option<String> {
        let at = self.attributes.iter().position(|(own, _)| own == name)?;
        Some(self.attributes.remove(at).1)
    }

    /// Whether it has this name, and is of HTML.
    pub(in crate::bundle) fn is(&self, name: &str) -> bool {
        self.space == Space::Html && self.name == name
    }

    /// Whether a class is among its classes.
    pub(in crate::bundle) fn has_class(&self, class: &str) -> bool {
        self.get("class").is_some_and(|classes| classes.split_ascii_whitespace().any(|own| own == class))
    }

    /// All its text, in order.
    pub(in crate::bundle) fn text(&self) -> String {
        fn gather(element: &Element, text: &mut String) {
            for child in &element.children {
                match child {
                    Node::Text(own) => text.push_str(own),
                    Node::Element(element) => gather(element, text),
                }
            }
        }
        let mut text = String::new();
        gather(self, &mut text);
        text
    }

    /// The elements directly in it.
    pub(in crate::bundle) fn elements(&self) -> impl Iterator<Item = &Element> {
        self.children.iter().filter_map(Node::as_element)
    }

    /// Shows itself and every element in it, the outer before the inner.
    pub(in crate::bundle) fn each<'a>(&'a self, see: &mut impl FnMut(&'a Self)) {
        see(self);
        for element in self.elements() {
            element.each(see);
        }
    }

    /// Changes itself and every element in it, the outer before the inner.
    pub(in crate::bundle) fn change(&mut self, change: &mut impl FnMut(&mut Self)) {
        change(self);
        for child in &mut self.children {
            if let Node::Element(element) = child {
                element.change(change);
            }
        }
    }

    /// Leaves out the elements that are not to be kept, with all that is in them.
    pub(in crate::bundle) fn retain(&mut self, keep: &mut impl FnMut(&Self) -> bool) {
        self.children.retain(|child| child.as_element().is_none_or(&mut *keep));
        for child in &mut self.children {
            if let Node::Element(element) = child {
                element.retain(keep);
            }
        }
    }
}

impl Node {
    /// The element that it is.
    pub(in crate::bundle) fn as_element(&self) -> Option<&Element> {
        match self {
            Self::Element(element) => Some(element),
            Self::Text(_) => None,
        }
    }
}

impl From<Element> for Node {
    fn from(element: Element) -> Self {
        Self::Element(element)
    }
}

impl From<&str> for Node {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}
