//! `view!`: markup as in leptos, built as a tree of one type. What is constant in it is one text, which
//! the app reads when it builds the view; only what is bound is code. The app is a third smaller for
//! it. A macro has to be a crate, hence this folder.

use proc_macro2::TokenStream;
use quote::quote;
use rstml::node::{KVAttributeValue, KeyedAttribute, KeyedAttributeValue, Node, NodeAttribute, NodeElement};
use syn::spanned::Spanned as _;
use syn::{Expr, ExprLit, ExprMethodCall, Lit, Stmt};

/// Markup: elements, text in quotes, and Rust in braces. Attributes with a literal are constant;
/// `on:event=` takes a closure, `class:name=`, `style:name=` and `prop:name=` set one of these,
/// `node_ref=` keeps the element, `inner_html=` its content. A closure is followed by itself.
#[proc_macro]
pub fn view(tokens: proc_macro::TokenStream) -> proc_macro::TokenStream {
    let nodes = match rstml::parse2(tokens.into()) {
        Ok(nodes) => nodes,
        Err(error) => return error.to_compile_error().into(),
    };
    if let [Node::Block(_) | Node::Text(_)] = &nodes[..] {
        return bound(&nodes[0]).into();
    }
    let mut plan = Plan::default();
    nodes.iter().for_each(|node| plan.node(node));
    let Plan { text, parts } = plan;
    quote! { crate::tablet::markup::built(#text, ::std::boxed::Box::new([#(#parts),*])) }.into()
}

/// The constant text of a view, with a mark wherever something bound comes, and what is bound, in the
/// same order. `tablet::markup::plan` reads it, and says what the marks are.
#[derive(Default)]
struct Plan {
    text: String,
    parts: Vec<TokenStream>,
}

const OPEN: char = '\u{1}';
const CLOSE: char = '\u{2}';
const ATTRIBUTE: char = '\u{3}';
const SET: char = '\u{4}';
const ON: char = '\u{5}';
const KEEP: char = '\u{6}';
const CHILD: char = '\u{7}';
const TEXT: char = '\u{8}';

impl Plan {
    fn mark(&mut self, mark: char, text: &str) {
        self.text.push(mark);
        self.text.push_str(text);
    }

    fn node(&mut self, node: &Node) {
        match node {
            Node::Element(parsed) => self.element(parsed),
            Node::Text(text) => self.mark(TEXT, &text.value_string()),
            Node::Fragment(fragment) => fragment.children.iter().for_each(|child| self.node(child)),
            other => {
                let value = bound(other);
                self.mark(CHILD, "");
                self.parts.push(quote! { crate::tablet::markup::Part::Child(#value) });
            }
        }
    }

    fn element(&mut self, parsed: &NodeElement<rstml::Infallible>) {
        self.mark(OPEN, &parsed.name().to_string());
        let mut rest = Vec::new();
        for attribute in parsed.attributes() {
            let bound = match attribute {
                NodeAttribute::Attribute(attribute) => bind(attribute),
                NodeAttribute::Block(block) => Err(syn::Error::new(block.span(), "an attribute has a name")),
            };
            match bound {
                Ok(Bound::Constant(name, value)) => {
                    self.mark(ATTRIBUTE, &name);
                    self.mark(ATTRIBUTE, &value);
                }
                Ok(Bound::Part(mark, name, part)) => rest.push((mark, name, part)),
                Err(error) => rest.push((KEEP, String::new(), error.to_compile_error())),
            }
        }
        for (mark, name, part) in rest {
            self.mark(mark, &name);
            self.parts.push(part);
        }
        parsed.children.iter().for_each(|child| self.node(child));
        self.mark(CLOSE, "");
    }
}

/// What stands between tags, as markup.
fn bound(node: &Node) -> TokenStream {
    match node {
        Node::Text(text) => {
            let text = &text.value;
            quote! { crate::tablet::markup::ToMarkup::to_markup(#text) }
        }
        Node::Block(block) => {
            // Without its braces where it is one expression: rustc finds them superfluous.
            let value = match block.try_block().map(|block| &block.stmts[..]) {
                Some([Stmt::Expr(value, None)]) => said(value).unwrap_or_else(|| quote!(#value)),
                _ => quote!(#block),
            };
            quote! { crate::tablet::markup::ToMarkup::to_markup(#value) }
        }
        other => syn::Error::new(other.span(), "an element, text in quotes, or Rust in braces is meant here")
            .to_compile_error(),
    }
}

/// `move || app.t().word()` as the app and the word: the commonest closure of all, and all the same.
fn said(value: &Expr) -> Option<TokenStream> {
    let Expr::Closure(closure) = value else { return None };
    let Expr::MethodCall(ExprMethodCall { receiver, method: word, args, .. }) = &*closure.body else {
        return None;
    };
    let Expr::MethodCall(ExprMethodCall { receiver: app, method, args: none, .. }) = &**receiver else {
        return None;
    };
    let plain = closure.inputs.is_empty() && args.is_empty() && none.is_empty() && method == "t";
    plain.then(|| quote! { crate::tablet::app::Said(#app, crate::locale::Language::#word) })
}

enum Bound {
    Constant(String, String),
    Part(char, String, TokenStream),
}

fn bind(attribute: &KeyedAttribute) -> syn::Result<Bound> {
    let name = attribute.key.to_string();
    let value = match &attribute.possible_value {
        KeyedAttributeValue::None => return Ok(Bound::Constant(name, String::new())),
        KeyedAttributeValue::Value(given) => match &given.value {
            KVAttributeValue::Expr(value) => value,
            other => return Err(syn::Error::new(other.span(), "a value is meant here")),
        },
        other => return Err(syn::Error::new(other.span(), "a value is meant here")),
    };
    if let Some(event) = name.strip_prefix("on:") {
        let kind = match event {
            "click" => quote!(MouseEvent),
            "pointerdown" | "pointermove" | "pointerup" | "pointercancel" | "pointerleave" => {
                quote!(PointerEvent)
            }
            "keydown" | "keyup" => quote!(KeyboardEvent),
            _ => quote!(Event),
        };
        let handler = quote! { crate::tablet::markup::handler::<web_sys::#kind>(#value) };
        return Ok(Bound::Part(
            ON,
            event.to_owned(),
            quote! { crate::tablet::markup::Part::Handler(#handler) },
        ));
    }
    if name == "node_ref" {
        return Ok(Bound::Part(KEEP, String::new(), quote! { crate::tablet::markup::Part::Keep(#value) }));
    }
    if let Expr::Lit(ExprLit { lit: Lit::Str(text), .. }) = value
        && !name.contains(':')
    {
        return Ok(Bound::Constant(name, text.value()));
    }
    let value = said(value).unwrap_or_else(|| quote!(#value));
    let value = quote! { crate::tablet::markup::ToValue::to_value(#value) };
    Ok(Bound::Part(SET, name, quote! { crate::tablet::markup::Part::Value(#value) }))
}
