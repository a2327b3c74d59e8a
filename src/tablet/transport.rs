//! The exchange's line over `fetch`.

use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Headers, Request, RequestInit, Response};

use crate::catalogue::Interview;
use crate::diagram::Body;
use crate::exchange::{Line, LineError};
use crate::journal::{AttachmentId, DossierId};
use crate::protocol::{
    DossierAnswer, HeadsAnswer, HeadsRequest, Mark, Problem, PullAnswer, PushAnswer, PushRequest,
    ReferencePage, SetUpRequest,
};
use crate::record::{Kept, read_json, write_json};

/// The server that the app came from.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Fetch;

struct Answer {
    status: u16,
    tag: String,
    bytes: Vec<u8>,
}

/// Brings the drawings, which are files of the app like its page, all at once; whether all are here.
pub(crate) async fn bring_drawings() -> bool {
    let [sedan, suv, mpv, pickup] = Body::ALL.map(bring);
    let brought = futures_util::join!(sedan, suv, mpv, pickup);
    brought == (true, true, true, true)
}

async fn bring(body: Body) -> bool {
    let answer = ask("GET", body.address(), None, None).await.filter(|answer| answer.status == 200);
    let Some(Ok(file)) = answer.map(|answer| String::from_utf8(answer.bytes)) else { return false };
    crate::diagram::bring(body, file);
    true
}

/// What is asked about each group of symptoms, as the app's file has it.
pub(crate) async fn bring_interview() -> Option<Interview> {
    let answer = ask("GET", "/interview.txt", None, None).await.filter(|answer| answer.status == 200)?;
    Some(Interview::of_file(&text(answer.bytes)))
}

async fn send(
    method: &str,
    path: &str,
    body: Option<JsValue>,
    header: Option<(&str, &str)>,
) -> Option<Answer> {
    ask(method, &format!("/api/v1/{path}"), body, header).await
}

async fn ask(
    method: &str,
    address: &str,
    body: Option<JsValue>,
    header: Option<(&str, &str)>,
) -> Option<Answer> {
    let options = RequestInit::new();
    options.set_method(method);
    let headers = Headers::new().ok()?;
    if let Some((name, value)) = header {
        headers.set(name, value).ok()?;
    }
    if let Some(body) = body {
        options.set_body(&body);
    }
    options.set_headers(&headers);
    let request = Request::new_with_str_and_init(address, &options).ok()?;
    let response: Response =
        JsFuture::from(web_sys::window()?.fetch_with_request(&request)).await.ok()?.dyn_into().ok()?;
    let buffer = JsFuture::from(response.array_buffer().ok()?).await.ok()?;
    let tag = response.headers().get("etag").ok().flatten().unwrap_or_default();
    Some(Answer { status: response.status(), tag, bytes: js_sys::Uint8Array::new(&buffer).to_vec() })
}

fn read(answer: Option<Answer>) -> Result<Vec<u8>, LineError> {
    let answer = answer.ok_or(LineError::Unreachable)?;
    match answer.status {
        200..=299 => Ok(answer.bytes),
        // Something between us and the server answered: as good as not reached.
        _ => Err(json::<Problem>(&answer.bytes).map_or(LineError::Unreachable, LineError::Problem)),
    }
}

fn json<T: Kept>(bytes: &[u8]) -> Result<T, LineError> {
    read_json(bytes).map_err(|_| LineError::Unreachable)
}

fn text(bytes: Vec<u8>) -> String {
    String::from_utf8_lossy(&bytes).into_owned()
}

async fn post<T: Kept>(path: &str, body: &impl Kept) -> Result<T, LineError> {
    json(&posted(path, write_json(body)).await?)
}

async fn posted(path: &str, text: String) -> Result<Vec<u8>, LineError> {
    let packed = if text.len() > WORTH_PACKING { gzipped(&text).await } else { None };
    let header = packed.is_some().then_some(("content-encoding", "gzip"));
    let body = packed.unwrap_or_else(|| JsValue::from_str(&text));
    read(send("POST", path, Some(body), header).await)
}

/// Below so many bytes packing costs more than it saves.
const WORTH_PACKING: usize = 4096;

/// An eighth of the bytes, for entries; `None` where the browser can't.
async fn gzipped(text: &str) -> Option<JsValue> {
    let plain = Response::new_with_opt_str(Some(text)).ok()?.body()?;
    // By name: web-sys has the stream behind an unstable flag only.
    let function = |of: &JsValue, name: &str| -> Option<js_sys::Function> {
        js_sys::Reflect::get(of, &name.into()).ok()?.dyn_into().ok()
    };
    let stream = function(&web_sys::window()?.into(), "CompressionStream")?;
    let gzip = js_sys::Reflect::construct(&stream, &js_sys::Array::of1(&"gzip".into())).ok()?;
    let through = function(&plain, "pipeThrough")?;
    let packed = through.call1(&plain, &gzip).ok()?.dyn_into().ok()?;
    let packed = Response::new_with_opt_readable_stream(Some(&packed)).ok()?;
    JsFuture::from(packed.array_buffer().ok()?).await.ok()
}

impl Line for Fetch {
    async fn push(&self, request: &PushRequest) -> Result<PushAnswer, LineError> {
        post("journal", request).await
    }

    async fn pull(&self, after: Mark) -> Result<PullAnswer, LineError> {
        let path = format!("journal?after={}&chain={}", after.position, after.chain);
        json(&read(send("GET", &path, None, None).await)?)
    }

    async fn dossier(&self, dossier: DossierId) -> Result<DossierAnswer, LineError> {
        json(&read(send("GET", &format!("dossiers/{dossier}"), None, None).await)?)
    }

    async fn heads(&self, request: &HeadsRequest) -> Result<Vec<HeadsAnswer>, LineError> {
        post("heads", request).await
    }

    async fn put_attachment(&self, attachment: AttachmentId, bytes: &[u8]) -> Result<(), LineError> {
        let body = js_sys::Uint8Array::from(bytes).into();
        let path = format!("attachments/{}", attachment.digits());
        read(send("PUT", &path, Some(body), None).await).map(|_| ())
    }

    async fn get_attachment(&self, attachment: AttachmentId) -> Result<Vec<u8>, LineError> {
        read(send("GET", &format!("attachments/{}", attachment.digits()), None, None).await)
    }
}

impl Fetch {
    /// The catalogue as it is written, with its tag, where it is another than the one held.
    pub(crate) async fn catalogue(&self, held: &str) -> Result<Option<(String, String)>, LineError> {
        let answer = send("GET", "catalogue", None, Some(("if-none-match", held)))
            .await
            .ok_or(LineError::Unreachable)?;
        if answer.status == 304 {
            return Ok(None);
        }
        let tag = answer.tag.clone();
        Ok(Some((text(read(Some(answer))?), tag)))
    }

    /// Reference data that is new or has changed since a position.
    pub(crate) async fn reference(&self, after: u64) -> Result<ReferencePage, LineError> {
        json(&read(send("GET", &format!("reference?after={after}"), None, None).await)?)
    }

    /// The first page of an empty server: its catalogue as it is written.
    pub(crate) async fn set_up(&self, request: &SetUpRequest) -> Result<String, LineError> {
        posted("dealership", write_json(request)).await.map(text)
    }
}
