//! `view!`: markup as in leptos, built as a tree of one type. Every element costs a few calls and a
//! table of its constant attributes instead of types and code of its own; the app is a third smaller
//! for it. A macro has to be a crate, hence this folder.

use proc_macro2::TokenStream;
use quote::quote;
use rstml::node::{KVAttributeValue, KeyedAttribute, KeyedAttributeValue, Node, NodeAttribute, NodeElement};
use syn::spanned::Spanned as _;
use syn::{Expr, ExprLit, Lit, Stmt};

/// Markup: elements, text in quotes, and Rust in braces. Attributes with a literal are constant;
/// `on:event=` takes a closure, `class:name=`, `style:name=` and `prop:name=` set one of these,
/// `node_ref=` keeps the element, `inner_html=` its content. A closure is followed by itself.
#[proc_macro]
pub fn view(tokens: proc_macro::TokenStream) -> proc_macro::TokenStream {
    let nodes = match rstml::parse2(tokens.into()) {
        Ok(nodes) => nodes,
        Err(error) => return error.to_compile_error().into(),
    };
    match &nodes[..] {
        [single] => node(single),
        _ => {
            let children = nodes.iter().map(child);
            quote! { crate::tablet::markup::element("", &[]) #(#children)* .done() }
        }
    }
    .into()
}

fn node(node: &Node) -> TokenStream {
    match node {
        Node::Element(parsed) => element(parsed),
        Node::Text(text) => {
            let text = &text.value;
            quote! { crate::tablet::markup::ToMarkup::to_markup(#text) }
        }
        Node::Block(block) => {
            // Without its braces where it is one expression: rustc finds them superfluous.
            let value = match block.try_block().map(|block| &block.stmts[..]) {
                Some([Stmt::Expr(value, None)]) => quote!(#value),
                _ => quote!(#block),
            };
            quote! { crate::tablet::markup::ToMarkup::to_markup(#value) }
        }
        Node::Fragment(fragment) => {
            let children = fragment.children.iter().map(child);
            quote! { crate::tablet::markup::element("", &[]) #(#children)* .done() }
        }
        other => syn::Error::new(other.span(), "an element, text in quotes, or Rust in braces is meant here")
            .to_compile_error(),
    }
}

fn child(of: &Node) -> TokenStream {
    let child = node(of);
    quote! { .child(#child) }
}

fn element(parsed: &NodeElement<rstml::Infallible>) -> TokenStream {
    let tag = parsed.name().to_string();
    let (mut constant, mut bound) = (Vec::new(), Vec::new());
    for attribute in parsed.attributes() {
        match attribute {
            NodeAttribute::Attribute(attribute) => match bind(attribute) {
                Ok(Bound::Constant(pair)) => constant.push(pair),
                Ok(Bound::Call(call)) => bound.push(call),
                Err(error) => bound.push(error.to_compile_error()),
            },
            NodeAttribute::Block(block) => {
                bound.push(syn::Error::new(block.span(), "an attribute has a name").to_compile_error());
            }
        }
    }
    let children = parsed.children.iter().map(child);
    quote! { crate::tablet::markup::element(#tag, &[#(#constant),*]) #(#bound)* #(#children)* .done() }
}

enum Bound {
    Constant(TokenStream),
    Call(TokenStream),
}

fn bind(attribute: &KeyedAttribute) -> syn::Result<Bound> {
    let name = attribute.key.to_string();
    let value = match &attribute.possible_value {
        KeyedAttributeValue::None => return Ok(Bound::Constant(quote! { (#name, "") })),
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
        return Ok(Bound::Call(
            quote! { .on(#event, crate::tablet::markup::handler::<web_sys::#kind>(#value)) },
        ));
    }
    if name == "node_ref" {
        return Ok(Bound::Call(quote! { .keep_in(#value) }));
    }
    if let Expr::Lit(ExprLit { lit: Lit::Str(text), .. }) = value
        && !name.contains(':')
    {
        return Ok(Bound::Constant(quote! { (#name, #text) }));
    }
    Ok(Bound::Call(quote! { .set(#name, crate::tablet::markup::ToValue::to_value(#value)) }))
}
