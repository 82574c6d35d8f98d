;; A guest of wasi:nn: orders a picture, tries to bring weights, holds more than it needs.
(component
  (import "wasi:nn/errors@0.2.0-rc-2024-10-28" (instance $errors
    (export "error" (type $error (sub resource)))
    (export "[method]error.data" (func (param "self" (borrow $error)) (result string)))))
  (alias export $errors "error" (type $error))

  (import "wasi:nn/tensor@0.2.0-rc-2024-10-28" (instance $tensors
    (export "tensor" (type $own (sub resource)))
    (type $kinds (enum "FP16" "FP32" "FP64" "BF16" "U8" "I32" "I64"))
    (export "tensor-type" (type $kind (eq $kinds)))
    (export "[constructor]tensor" (func
      (param "dimensions" (list u32)) (param "ty" $kind) (param "data" (list u8)) (result (own $own))))
    (export "[method]tensor.dimensions" (func (param "self" (borrow $own)) (result (list u32))))
    (export "[method]tensor.data" (func (param "self" (borrow $own)) (result (list u8))))))
  (alias export $tensors "tensor" (type $tensor))

  (import "wasi:nn/inference@0.2.0-rc-2024-10-28" (instance $inference
    (alias outer 1 $error (type $error-outside))
    (export "error" (type $why (eq $error-outside)))
    (alias outer 1 $tensor (type $tensor-outside))
    (export "tensor" (type $value (eq $tensor-outside)))
    (export "graph-execution-context" (type $own (sub resource)))
    (export "[method]graph-execution-context.compute" (func
      (param "self" (borrow $own)) (param "inputs" (list (tuple string (own $value))))
      (result (result (list (tuple string (own $value))) (error (own $why))))))))
  (alias export $inference "graph-execution-context" (type $context))

  (import "wasi:nn/graph@0.2.0-rc-2024-10-28" (instance $graphs
    (alias outer 1 $error (type $error-outside))
    (export "error" (type $why (eq $error-outside)))
    (alias outer 1 $context (type $context-outside))
    (export "graph-execution-context" (type $run (eq $context-outside)))
    (export "graph" (type $own (sub resource)))
    (type $encodings (enum "openvino" "onnx" "tensorflow" "pytorch" "tensorflowlite" "ggml" "autodetect"))
    (export "graph-encoding" (type $encoding (eq $encodings)))
    (type $targets (enum "cpu" "gpu" "tpu"))
    (export "execution-target" (type $target (eq $targets)))
    (export "[method]graph.init-execution-context" (func
      (param "self" (borrow $own)) (result (result (own $run) (error (own $why))))))
    (export "load" (func
      (param "builder" (list (list u8))) (param "encoding" $encoding) (param "target" $target)
      (result (result (own $own) (error (own $why))))))
    (export "load-by-name" (func
      (param "name" string) (result (result (own $own) (error (own $why))))))))

  ;; Memory that is only ever added to: an instance answers one call.
  (core module $memory
    (memory (export "memory") 64)
    (global $next (mut i32) (i32.const 1024))
    (func (export "realloc") (param $old i32) (param $old-len i32) (param $align i32) (param $len i32) (result i32)
      (local $at i32)
      (local.set $at (i32.and (i32.add (global.get $next) (i32.const 7)) (i32.const -8)))
      (global.set $next (i32.add (local.get $at) (local.get $len)))
      (local.get $at)))
  (core instance $memory (instantiate $memory))
  (alias core export $memory "memory" (core memory $bytes))
  (alias core export $memory "realloc" (core func $realloc))

  (core func $load (canon lower (func $graphs "load") (memory $bytes) (realloc $realloc)))
  (core func $load-by-name (canon lower (func $graphs "load-by-name") (memory $bytes) (realloc $realloc)))
  (core func $begin (canon lower (func $graphs "[method]graph.init-execution-context") (memory $bytes)))
  (core func $compute (canon lower
    (func $inference "[method]graph-execution-context.compute") (memory $bytes) (realloc $realloc)))
  (core func $tensor (canon lower (func $tensors "[constructor]tensor") (memory $bytes) (realloc $realloc)))
  (core func $dimensions (canon lower
    (func $tensors "[method]tensor.dimensions") (memory $bytes) (realloc $realloc)))
  (core func $data (canon lower (func $tensors "[method]tensor.data") (memory $bytes) (realloc $realloc)))
  (core func $why (canon lower (func $errors "[method]error.data") (memory $bytes) (realloc $realloc)))

  ;; Where things lie:
  ;;   0  the answer of an export: 0 or 1, then two lists or one text
  ;;  32  what wasi:nn answered: 0 or 1, then a handle or a list
  ;;  64  names of inputs: prompt, size (72), steps (80)
  ;;  96  dimensions: of the prompt, 2 (100), 1 (104)
  ;; 112  height and width; steps (120)
  ;; 128  inputs, 12 bytes each: name, its length, handle
  ;; 176  weights: where, how many
  (core module $guest
    (import "memory" "memory" (memory 64))
    (import "nn" "load" (func $load (param i32 i32 i32 i32 i32)))
    (import "nn" "load-by-name" (func $load-by-name (param i32 i32 i32)))
    (import "nn" "begin" (func $begin (param i32 i32)))
    (import "nn" "compute" (func $compute (param i32 i32 i32 i32)))
    (import "nn" "tensor" (func $tensor (param i32 i32 i32 i32 i32) (result i32)))
    (import "nn" "dimensions" (func $dimensions (param i32 i32)))
    (import "nn" "data" (func $data (param i32 i32)))
    (import "nn" "why" (func $why (param i32 i32)))
    (data (i32.const 64) "prompt\00\00size\00\00\00\00steps")
    (data (i32.const 100) "\02\00\00\00\01\00\00\00")
    (data (i32.const 120) "\02\00\00\00")

    (func $failed (result i32)
      (i32.store8 (i32.const 0) (i32.const 1))
      (call $why (i32.load (i32.const 36)) (i32.const 4))
      (i32.const 0))

    (func $input (param $at i32) (param $name i32) (param $len i32) (param $handle i32)
      (i32.store (local.get $at) (local.get $name))
      (i32.store offset=4 (local.get $at) (local.get $len))
      (i32.store offset=8 (local.get $at) (local.get $handle)))

    (func $inputs (param $prompt i32) (param $len i32) (param $height i32) (param $width i32)
      (i32.store (i32.const 96) (local.get $len))
      (i32.store (i32.const 112) (local.get $height))
      (i32.store (i32.const 116) (local.get $width))
      (call $input (i32.const 128) (i32.const 64) (i32.const 6)
        (call $tensor (i32.const 96) (i32.const 1) (i32.const 4) (local.get $prompt) (local.get $len)))
      (call $input (i32.const 140) (i32.const 72) (i32.const 4)
        (call $tensor (i32.const 100) (i32.const 1) (i32.const 5) (i32.const 112) (i32.const 8)))
      (call $input (i32.const 152) (i32.const 80) (i32.const 5)
        (call $tensor (i32.const 104) (i32.const 1) (i32.const 5) (i32.const 120) (i32.const 4))))

    (func (export "paint") (param $model i32) (param $model-len i32) (param $prompt i32) (param $len i32)
        (param $height i32) (param $width i32) (result i32)
      (local $context i32)
      (local $picture i32)
      (call $load-by-name (local.get $model) (local.get $model-len) (i32.const 32))
      (if (i32.load8_u (i32.const 32)) (then (return (call $failed))))
      (call $begin (i32.load (i32.const 36)) (i32.const 32))
      (if (i32.load8_u (i32.const 32)) (then (return (call $failed))))
      (local.set $context (i32.load (i32.const 36)))
      (call $inputs (local.get $prompt) (local.get $len) (local.get $height) (local.get $width))
      (call $compute (local.get $context) (i32.const 128) (i32.const 3) (i32.const 32))
      (if (i32.load8_u (i32.const 32)) (then (return (call $failed))))
      ;; The picture is the first output; its handle lies behind its name.
      (local.set $picture (i32.load offset=8 (i32.load (i32.const 36))))
      (call $dimensions (local.get $picture) (i32.const 4))
      (call $data (local.get $picture) (i32.const 12))
      (i32.const 0))

    (func (export "bring") (param $weights i32) (param $len i32) (param $encoding i32) (result i32)
      (i32.store (i32.const 176) (local.get $weights))
      (i32.store (i32.const 180) (local.get $len))
      (call $load (i32.const 176) (i32.const 1) (local.get $encoding) (i32.const 0) (i32.const 32))
      (if (i32.eqz (i32.load8_u (i32.const 32))) (then unreachable))
      (drop (call $failed))
      (i32.const 4))

    (func (export "hold") (param $count i32) (param $len i32)
      (loop $again
        (drop (call $tensor (i32.const 104) (i32.const 1) (i32.const 4) (i32.const 1024) (local.get $len)))
        (local.set $count (i32.sub (local.get $count) (i32.const 1)))
        (br_if $again (local.get $count)))))

  (core instance $guest (instantiate $guest
    (with "memory" (instance $memory))
    (with "nn" (instance
      (export "load" (func $load))
      (export "load-by-name" (func $load-by-name))
      (export "begin" (func $begin))
      (export "compute" (func $compute))
      (export "tensor" (func $tensor))
      (export "dimensions" (func $dimensions))
      (export "data" (func $data))
      (export "why" (func $why))))))

  ;; Dimensions and bytes of the picture, or the words of an error.
  (func (export "paint")
    (param "model" string) (param "prompt" (list u8)) (param "height" s32) (param "width" s32)
    (result (result (tuple (list u32) (list u8)) (error string)))
    (canon lift (core func $guest "paint") (memory $bytes) (realloc $realloc)))
  ;; The words with which these weights are refused.
  (func (export "bring") (param "weights" (list u8)) (param "encoding" u32) (result string)
    (canon lift (core func $guest "bring") (memory $bytes) (realloc $realloc)))
  ;; So many tensors of so many bytes.
  (func (export "hold") (param "count" u32) (param "len" u32)
    (canon lift (core func $guest "hold"))))
