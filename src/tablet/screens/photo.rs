//! A photo, large: with its place and time, what is drawn on it, and the same place at the last visit.

use crate::tablet::markup::{CollectView as _, ElementRef, Markup, ToMarkup as _, live, view};
use crate::tablet::signals::{RwSignal, StoredValue};
use leptos::ev::PointerEvent;
use leptos::prelude::*;

use super::film::{say, shown_on, shown_picture};
use super::marks::last_visit;
use super::over;
use crate::icons::Icon;
use crate::journal::EntryId;
use crate::record::{read_json, write_json};
use crate::tablet::app::App;
use crate::tablet::components::{icon, plate, trouble};
use crate::tablet::photo;
use crate::tablet::storage::Append;
use crate::visit::photos::{Drawn, Tool};
use crate::visit::{Change, Photo};

/// What was drawn and is no entry yet, by the photo.
fn draft_of(photo: &Photo) -> String {
    format!("drawing/{}", photo.id)
}

/// What a tool draws.
fn tool_icon(tool: Tool) -> Icon {
    match tool {
        Tool::Circle => Icon::Circle,
        Tool::Arrow => Icon::Arrow,
        Tool::Line => Icon::Stroke,
        Tool::Cover => Icon::Cover,
    }
}

pub(super) fn photo(app: App, id: EntryId) -> Markup {
    let Some(photo) =
        app.visit_now(|visit| visit.photos().into_iter().find(|photo| photo.id == id)).flatten()
    else {
        return Markup::Nothing;
    };
    let drawn = RwSignal::new(photo.drawn.clone());
    let name = StoredValue::new(draft_of(&photo));
    leptos::task::spawn_local(async move {
        let Some(name) = name.try_get_value() else { return };
        let kept = app.storage().draft(&name).await.ok().flatten();
        if let Some(kept) = kept.and_then(|text| read_json(text.as_bytes()).ok()) {
            drawn.set(kept);
        }
    });
    let keep_draft = move || {
        let text = write_json(&drawn.get_untracked());
        let name = name.get_value();
        leptos::task::spawn_local(async move {
            let _ = app.storage().put_draft(&name, text).await;
        });
    };
    // By whatever way it is left: what was covered is covered.
    let left = photo.clone();
    on_cleanup(move || {
        if let Some(drawn) = drawn.try_get_untracked() {
            leptos::task::spawn_local(finish(app, left, drawn));
        }
    });

    let then = RwSignal::new(None::<Photo>);
    let subject = photo.subject.clone();
    leptos::task::spawn_local(async move {
        if let Some(earlier) = last_visit(app).await {
            // What was closed days ago is on the tablet that took it.
            for photo in app.visit_now(|visit| visit.photos_then(&subject, &earlier)).unwrap_or_default() {
                if let Ok(Some(_)) = app.storage().bytes(photo.thumbnail.attachment).await {
                    then.set(Some(photo));
                    return;
                }
            }
        }
    });
    let compared = RwSignal::new(false);
    let plain = RwSignal::new(false);
    let tool = RwSignal::new(0_usize);

    // The language stays as it is while something lies over the screen.
    let (t, offset) = (app.language.get_untracked(), app.utc_offset());
    let place = app.visit_now(|visit| shown_on(app, visit, &photo.subject)).unwrap_or_default();
    let plate_now = app.visit_now(|visit| visit.plate().cloned()).flatten();
    let plate_said = plate_now.as_ref().map(ToString::to_string).unwrap_or_default();
    let stamp = format!("{place} · {plate_said} · ");
    let taken = t.date_time(photo.at, offset);

    let picture = ElementRef::new(None);
    let finger = StoredValue::new(None::<i32>);
    let (width, height) = (photo.original.width as i32, photo.original.height as i32);
    let longest = f64::from(width.max(height));
    let point = move |event: &PointerEvent| -> Option<[i32; 2]> {
        let frame = picture.get_untracked()?.get_bounding_client_rect();
        let at = |client: i32, start: f64, length: f64, pixels: i32| {
            let pixel = (f64::from(client) - start) / length * f64::from(pixels);
            (pixel.round() as i32).clamp(0, pixels)
        };
        let x = at(event.client_x(), frame.left(), frame.width(), width);
        Some([x, at(event.client_y(), frame.top(), frame.height(), height)])
    };
    let down = move |event: PointerEvent| {
        event.prevent_default();
        if finger.with_value(Option::is_some) || plain.get_untracked() {
            return; // a second finger, or the original is looked at
        }
        let Some(at) = point(&event) else { return };
        if let Some(picture) = picture.get_untracked() {
            let _ = picture.set_pointer_capture(event.pointer_id());
        }
        finger.set_value(Some(event.pointer_id()));
        drawn.update(|drawn| drawn.push(Drawn::begin(Tool::ALL[tool.get_untracked()], at)));
    };
    let moved = move |event: PointerEvent| {
        if finger.get_value() == Some(event.pointer_id())
            && let Some(at) = point(&event)
        {
            drawn.update(|drawn| {
                if let Some(last) = drawn.last_mut() {
                    last.go_on(at);
                }
            });
        }
    };
    let up = move |event: PointerEvent| {
        if finger.get_value() == Some(event.pointer_id()) {
            finger.set_value(None);
            drawn.update(|drawn| drawn.retain(Drawn::is_seen));
            keep_draft();
        }
    };
    let strokes = move || {
        if plain.get() {
            return Markup::Nothing;
        }
        drawn.with(|drawn| drawn.iter().map(|drawn| stroke(drawn, longest)).collect_view())
    };
    let own = shown_picture(app, vec![photo.original.attachment, photo.original_thumbnail.attachment]);
    let own_stamp = format!("{stamp}{taken}");
    let own_stamp = move || match compared.get() {
        true => format!("{} · {own_stamp}", t.now_shown()),
        false => own_stamp.clone(),
    };
    let own_figure = view! {
        <svg class="shown" data-drawing="" viewBox=frame(width, height) role="img" aria-label=place.clone()
            on:pointerdown=down on:pointermove=moved on:pointerup=up on:pointercancel=up>
            <image node_ref=picture href=move || own.get() width=width height=height></image>
            {strokes}{band(width, height, live(own_stamp))}</svg>
    };
    let then_figure = move || {
        let photo = then.get().filter(|_| compared.get())?;
        let address = shown_picture(app, vec![photo.picture.attachment, photo.thumbnail.attachment]);
        let (width, height) = (photo.picture.width as i32, photo.picture.height as i32);
        let stamp = format!("{} · {stamp}{}", t.last_time(), t.date_time(photo.at, offset));
        Some(view! {
            <svg class="shown" data-then="" viewBox=frame(width, height) role="img" aria-label=t.last_time()>
                <image href=move || address.get() width=width height=height></image>
                {band(width, height, stamp.to_markup())}</svg>
        })
    };

    let tools = (0..).zip(Tool::ALL).map(|(at, own)| {
        view! {
            <button type="button" class="tool" data-tool=at aria-pressed=move || (tool.get() == at).to_string() on:click=move |_| tool.set(at)>
                {icon(tool_icon(own))}<span>{t.tool(own)}</span></button>
        }
    });
    let remove = move |at: usize| {
        drawn.update(|drawn| {
            if at < drawn.len() {
                drawn.remove(at);
            }
        });
        keep_draft();
    };
    let list = move || {
        let tools: Vec<Tool> = drawn.with(|drawn| drawn.iter().map(|drawn| drawn.tool).collect());
        if tools.is_empty() {
            return view! { <p class="note">{t.nothing_drawn()}</p> };
        }
        let row = |(at, tool): (usize, Tool)| {
            view! { <li class="row">{icon(tool_icon(tool))}<span class="grow">{t.tool(tool)}</span>
            <button type="button" class="btn sm sq quiet" aria-label=t.withdraw() on:click=move |_| remove(at)>{icon(Icon::Bin)}</button></li> }
        };
        view! { <ol class="drawn">{tools.into_iter().enumerate().map(row).collect_view()}</ol> }
    };
    let none_drawn = move || drawn.with(Vec::is_empty);
    let undo = move |_| remove(drawn.with_untracked(Vec::len).wrapping_sub(1));
    let see = move |_| plain.update(|plain| *plain = !*plain);
    let seen = move || if plain.get() { t.see_drawn() } else { t.see_original() };
    let compare = move || {
        then.with(Option::is_some).then(|| view! {
            <button type="button" class="btn" id="compare" aria-pressed=move || compared.get().to_string() on:click=move |_| compared.update(|on| *on = !*on)>{icon(Icon::Clock)}<span>{t.compare_then()}</span></button>
        })
    };
    view! {
        <div class="over" role="dialog" aria-modal="true" aria-label=t.annotation() on:keydown=over::escape>
            <header class="head">{plate(t, plate_now.as_ref(), "p52")}
                <div class="grow"><h1 class="t24">{place}</h1><div class="note">{t.photo()}" · "{taken}</div></div></header>
            <div class="photo">
                <div class="figures" class:two=move || compared.get()>{then_figure}{own_figure}</div>
                <aside class="side"><div class="tools" role="group" aria-label=t.annotation()>{tools.collect_view()}</div>
                    <h2 class="label">{t.drawn_list()}</h2>{list}
                    <p class="note row">{icon(Icon::Info)}<span>{t.original_stays()}</span></p></aside>
            </div>
            {trouble(app)}
            <footer class="act"><button type="button" class="btn" id="undo-stroke" disabled=none_drawn on:click=undo>{icon(Icon::Undo)}<span>{t.undo()}</span></button>
                <div class="why"></div>{compare}
                <button type="button" class="btn" id="see-original" aria-pressed=move || plain.get().to_string() disabled=none_drawn on:click=see>{icon(Icon::Camera)}<span>{seen}</span></button>
                <button type="button" class="btn pri" id="photo-done" on:click=move |_| over::leave()>{t.shots_done()}{icon(Icon::Forward)}</button></footer>
        </div>
    }
}

/// How high the band below a picture is, which says place and time: a part of the longer side.
fn band_height(width: i32, height: i32) -> i32 {
    width.max(height) / 20
}

fn frame(width: i32, height: i32) -> String {
    format!("0 0 {width} {}", height + band_height(width, height))
}

/// Place and time: below the picture, where they hide nothing of it.
fn band(width: i32, height: i32, said: Markup) -> Markup {
    let high = band_height(width, height);
    view! {
        <rect class="band" y=height width=width height=high></rect>
        <text class="stamp" x=high / 3 y=height + high * 7 / 10 font-size=high * 11 / 20>{said}</text>
    }
}

fn stroke(drawn: &Drawn, longest: f64) -> Markup {
    let width = longest / 180.0;
    let path = drawn.path(width * 5.0);
    if drawn.tool == Tool::Cover {
        return view! { <path class="cover" d=path stroke-width=width></path> };
    }
    view! { <path class="edge" d=path.clone() stroke-width=width * 1.8></path><path class="ink" d=path stroke-width=width></path> }
}

/// Writes the photo with what is drawn on it; what was drawn stays a draft until that is committed.
async fn finish(app: App, photo: Photo, drawn: Vec<Drawn>) {
    let name = draft_of(&photo);
    if drawn == photo.drawn {
        let _ = app.storage().drop_draft(&name).await;
        return;
    }
    let t = app.language.get_untracked();
    let (mut picture, mut thumbnail, mut attachments) =
        (photo.original.clone(), photo.original_thumbnail, Vec::new());
    if !drawn.is_empty() {
        let Ok(Some(original)) = app.storage().bytes(photo.original.attachment).await else {
            return say(app, t.photo_elsewhere().to_owned());
        };
        if !app.storage().has_room().await {
            return say(app, t.photo_no_room().to_owned());
        }
        let Some(new) = photo::annotated(&original, &drawn).await else {
            return say(app, t.photo_not_image().to_owned());
        };
        (picture, thumbnail) = (new.whole.picture.clone(), new.thumbnail.picture.clone());
        attachments = new.attachments();
    }
    let how = Append { attachments, ..app.append_now() };
    let change = Change::PhotoAnnotated { photo: photo.id, drawn, picture, thumbnail };
    let Some(dossier) = app.visit_now(|visit| visit.journal.dossier()) else { return };
    app.append(dossier, vec![app.draft(change)], how, move |_| {
        leptos::task::spawn_local(async move {
            let _ = app.storage().drop_draft(&name).await;
        });
    });
}
